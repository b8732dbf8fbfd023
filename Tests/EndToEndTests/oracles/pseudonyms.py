"""Computes the published pseudonyms again, from their definition alone.

    pseudonyms.py FILE.json           compares
    pseudonyms.py FILE.json --record  writes
"""
import base64
import hashlib
import hmac
import json
import sys
import unicodedata


def pseudonym(key, scope, domain, value, form, length):
    message = b""
    for part in (scope, domain):
        data = part.encode("utf-8")
        message += len(data).to_bytes(8, "big") + data
    message += unicodedata.normalize("NFC", value).encode("utf-8")
    digest = hmac.new(key, message, hashlib.sha256).digest()
    if form == "hex":
        return digest.hex()[:length]
    return base64.b32encode(digest).decode("ascii").lower()[:length]


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    wrong = 0
    for case in vectors:
        found = pseudonym(
            bytes.fromhex(case["key"]), case["scope"], case["domain"], case["value"],
            case["format"], case["length"])
        if "--record" in sys.argv:
            case["pseudonym"] = found
        elif found != case["pseudonym"]:
            wrong += 1
            print(f"{case['domain']}: {found} is not {case['pseudonym']}")
    if "--record" in sys.argv:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(vectors, file, ensure_ascii=True, indent=1)
            file.write("\n")
    print(f"{len(vectors)} vectors, {wrong} wrong")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
