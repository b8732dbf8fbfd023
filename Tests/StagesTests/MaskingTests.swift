import Anonymise
import Testing

@Suite struct MaskingTests {
  @Test func ends() {
    let masking = Masking.ends(first: 2, last: 1)
    #expect(masking.masked("Durand") == "Du***d")
    #expect(masking.masked("abc") == "***")
    #expect(masking.masked("abcd") == "ab*d")
    #expect(masking.masked("") == "")
    #expect(Masking.ends(first: 0, last: 0).masked("e\u{301}a") == "**")
  }

  @Test func phonesKeepTheirSigns() {
    #expect(Masking.phone.masked("02 40 41 90 42") == "** ** ** ** 42")
    #expect(Masking.phone.masked("+33 2.40.41.90.42") == "+** *.**.**.**.42")
    #expect(Masking.phone.masked("17") == "**")
    #expect(Masking.phone.masked("") == "")
  }

  @Test func emailsHideTheirLength() {
    #expect(Masking.email.masked("d@x.example") == "d***@x.example")
    #expect(Masking.email.masked("durand.pierre@x.example") == "d***@x.example")
    #expect(Masking.email.masked("durand") == "***")
    #expect(Masking.email.masked("@x") == "***")
  }
}
