import Tabular

/// The one script of a report, without which all of it can be read: it sorts tables, shows what an
/// area is where there is no pointer to rest on it, and lets readers choose light or dark.
enum ReportScript {
  static func element(_ language: Language) -> String {
    let theme = language == .fr ? "Clair ou sombre" : "Light or dark"
    return "<script>\nconst themeLabel = \"\(theme)\";\n" + text + "</script>\n"
  }

  private static let text = """
    (() => {
      const root = document.documentElement, french = root.lang === "fr";
      const tools = document.querySelector(".tools"), theme = document.createElement("button");
      theme.type = "button";
      theme.textContent = themeLabel;
      theme.onclick = () => {
        const dark = matchMedia("(prefers-color-scheme: dark)").matches;
        const now = root.dataset.theme || (dark ? "dark" : "light");
        root.dataset.theme = now === "dark" ? "light" : "dark";
      };
      tools.append(theme);
      const number = (text) => {
        const plain = text.replace(/[\\s\\u00a0\\u202f]/g, "").replace("\\u2212", "-");
        return parseFloat(french ? plain.replace(",", ".") : plain.replace(/,/g, ""));
      };
      const sorters = [];
      for (const table of document.querySelectorAll("table.data, table.bars, table.heat")) {
        const body = table.tBodies[0];
        if (body.rows.length < 3) continue;
        [...table.tHead.rows[0].cells].forEach((head, column) => {
          if (head.tagName !== "TH" || body.rows[0].cells[column].className === "pic") return;
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = head.textContent;
          head.replaceChildren(button);
          sorters.push([head, button]);
          button.onclick = () => {
            const up = head.getAttribute("aria-sort") === "descending";
            for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
            head.setAttribute("aria-sort", up ? "ascending" : "descending");
            const rows = [...body.rows].map((row) => {
              const text = row.cells[column].textContent.trim();
              return { row, text, value: number(text) };
            });
            const numeric = rows.some((one) => !Number.isNaN(one.value));
            rows.sort((a, b) => {
              if (!numeric) return (up ? 1 : -1) * a.text.localeCompare(b.text, root.lang);
              if (Number.isNaN(a.value)) return 1;
              if (Number.isNaN(b.value)) return -1;
              return up ? a.value - b.value : b.value - a.value;
            });
            body.append(...rows.map((one) => one.row));
          };
        });
      }
      const tip = document.createElement("div");
      tip.id = "tip";
      tip.hidden = true;
      tip.setAttribute("aria-hidden", "true");
      document.body.append(tip);
      for (const map of document.querySelectorAll("svg.map")) {
        map.addEventListener("click", (event) => {
          const title = event.target.querySelector && event.target.querySelector("title");
          tip.hidden = !title || event.target === map;
          if (tip.hidden) return;
          tip.textContent = title.textContent;
          tip.style.left = Math.min(event.clientX + 12, innerWidth - 180) + "px";
          tip.style.top = event.clientY + 12 + "px";
        });
      }
      addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
      // Heads are repeated on every sheet, and buttons are not painted there.
      addEventListener("beforeprint", () => {
        for (const details of document.querySelectorAll("details")) details.open = true;
        for (const [head, button] of sorters) head.replaceChildren(button.textContent);
      });
      addEventListener("afterprint", () => {
        for (const [head, button] of sorters) head.replaceChildren(button);
      });
    })();

    """
}
