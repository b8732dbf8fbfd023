/// How reports look: light or dark as the reader's system is, at any width, and on A4.
package enum ReportStyle {
  /// The style sheet.
  /// - Parameter colour: of what is marked, in light; nil for the house's.
  static func sheet(_ colour: ReportColour?) -> String {
    let dark = palette(Self.dark, mark: colour.map(lightened))
    return """
      :root { color-scheme: light dark; \(palette(Self.light, mark: colour)) }
      @media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { \(dark) } }
      :root[data-theme=dark] { color-scheme: dark; \(dark) }
      :root[data-theme=light] { color-scheme: light; }
      \(shades(0..<7))
      \(rules)
      """
  }

  /// A colour of the palette, by name.
  package static func colour(_ name: String, isDark: Bool) -> ReportColour? {
    (isDark ? dark : light).first { $0.name == name }.flatMap { ReportColour($0.value) }
  }

  /// Light enough to be read on the dark paper.
  private static func lightened(_ colour: ReportColour) -> ReportColour {
    let paper = self.colour("paper", isDark: true) ?? .black
    var share = 0.0
    while colour.mixed(with: .white, share).contrast(with: paper) < 5, share < 1 { share += 0.05 }
    return colour.mixed(with: .white, share)
  }

  private static func palette(
    _ colours: [(name: String, value: String)], mark: ReportColour?
  ) -> String {
    colours.map { name, value in
      "--\(name): \(name == "mark" ? mark?.text ?? value : value);"
    }.joined(separator: " ")
  }

  private static func shades(_ places: Range<Int>) -> String {
    places.map { ".q\($0) { --q: var(--q\($0)); --t: var(--t\($0)); }" }.joined(separator: "\n")
  }

  /// `qN` are the shades of maps and tables from the least to the greatest, `tN` the ink on them;
  /// `sN` are lines.
  static let light: [(name: String, value: String)] = [
    ("ink", "#16202b"), ("quiet", "#526070"), ("paper", "#ffffff"), ("wash", "#f4f6f9"),
    ("line", "#d3dae2"), ("edge", "#71808f"), ("mark", "#0b5394"), ("warn", "#8a3b00"),
    ("good", "#0a6b45"), ("range", "#16202b"),
    ("q0", "#eaf2fa"), ("q1", "#cfe2f3"), ("q2", "#a8cce8"), ("q3", "#76aed8"),
    ("q4", "#2f77b0"), ("q5", "#185a93"), ("q6", "#0b3a68"),
    ("t0", "#16202b"), ("t1", "#16202b"), ("t2", "#16202b"), ("t3", "#16202b"),
    ("t4", "#ffffff"), ("t5", "#ffffff"), ("t6", "#ffffff"),
    ("s0", "#0b5394"), ("s1", "#b34a0c"), ("s2", "#0a7355"), ("s3", "#8a3d96"),
    ("s4", "#59636e"), ("s5", "#8a6500"),
  ]

  static let dark: [(name: String, value: String)] = [
    ("ink", "#e9edf2"), ("quiet", "#a8b4c1"), ("paper", "#12171d"), ("wash", "#1b222a"),
    ("line", "#36414d"), ("edge", "#8593a1"), ("mark", "#7db8f0"), ("warn", "#ffb27a"),
    ("good", "#6fd3a5"), ("range", "#ffffff"),
    ("q0", "#1d2c3b"), ("q1", "#22415d"), ("q2", "#295781"), ("q3", "#3670a3"),
    ("q4", "#5f9bcf"), ("q5", "#90bfe8"), ("q6", "#c8e2fb"),
    ("t0", "#ffffff"), ("t1", "#ffffff"), ("t2", "#ffffff"), ("t3", "#ffffff"),
    ("t4", "#0b1016"), ("t5", "#0b1016"), ("t6", "#0b1016"),
    ("s0", "#7db8f0"), ("s1", "#f5a06a"), ("s2", "#63cba6"), ("s3", "#d79be0"),
    ("s4", "#b3bdc8"), ("s5", "#dcb44c"),
  ]

  private static let rules = """
    * { box-sizing: border-box; }
    html { scroll-behavior: smooth; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    a { color: var(--mark); text-underline-offset: .15em; }
    :focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; border-radius: .2rem; }
    .skip { position: absolute; left: -100vw; top: .5rem; background: var(--paper);
      padding: .5rem 1rem; z-index: 3; }
    .skip:focus { left: .5rem; }
    .cover { background: var(--wash); border-bottom: 1px solid var(--line);
      border-top: .4rem solid var(--mark); }
    .cover > div, main, footer, .contents > ul { max-width: 68rem; margin: 0 auto;
      padding-left: 1.25rem; padding-right: 1.25rem; }
    .cover > div { padding-top: 1.75rem; padding-bottom: 1.75rem; position: relative; }
    .logo { display: block; max-height: 3.5rem; max-width: 14rem; margin: 0 0 1rem; }
    .eyebrow { margin: 0 0 .35rem; color: var(--mark); font-weight: 650; font-size: .9375rem;
      letter-spacing: .01em; }
    h1 { font-size: clamp(1.75rem, 1.25rem + 2.4vw, 2.75rem); line-height: 1.12; margin: 0;
      letter-spacing: -.015em; text-wrap: balance; max-width: 22em; }
    h2 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .75rem; letter-spacing: -.01em; }
    h3 { font-size: 1.125rem; line-height: 1.3; margin: 1.5rem 0 .5rem; }
    h4 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
    section { padding: 2.25rem 0 .5rem; }
    section + section { border-top: 1px solid var(--line); margin-top: 1.75rem; }
    p, ul, ol, dl { margin: .5rem 0; }
    p, section > ul, section > ol, blockquote, dd { max-width: 46rem; }
    blockquote { margin: 1rem 0; padding: .1rem 1rem; border-left: .25rem solid var(--mark); }
    .lead { font-size: 1.1875rem; line-height: 1.45; margin: .75rem 0 0; max-width: 42rem; }
    .quiet { color: var(--quiet); }
    .note, .warning { background: var(--wash); border-left: .25rem solid var(--warn);
      padding: .5rem .85rem; border-radius: 0 .3rem .3rem 0; }
    .badge { display: inline-block; border: 1px solid currentColor; border-radius: 1rem;
      padding: .1rem .7rem; font-size: .875rem; margin: .9rem .35rem 0 0; }
    .badge.good { color: var(--good); } .badge.fair { color: var(--warn); }
    .badge.poor { color: var(--warn); font-weight: 650; border-width: 2px; }
    .card .badge { margin-top: .7rem; }
    .why { display: block; color: var(--quiet); font-size: .8125rem; line-height: 1.4;
      margin-top: .3rem; }
    .cover .note { background: var(--paper); margin-top: 1rem; }
    .standing { padding: 0 .9rem; margin: .5rem 0; font-size: .9375rem; }
    .contents { border-bottom: 1px solid var(--line); }
    .contents > ul { display: flex; flex-wrap: wrap; gap: .15rem 1.25rem; list-style: none;
      margin: 0 auto; padding-top: .65rem; padding-bottom: .65rem; font-size: .9375rem; }
    .contents a { color: var(--ink); text-decoration: none; padding: .2rem 0; display: block; }
    .contents a:hover { color: var(--mark); text-decoration: underline; }
    .tools button, th button { font: inherit; color: inherit; background: none; border: 0;
      cursor: pointer; padding: 0; text-align: inherit; }
    .tools { position: absolute; top: 1.25rem; right: 1.25rem; }
    .tools button { border: 1px solid var(--edge); border-radius: 1rem; padding: .2rem .8rem;
      font-size: .875rem; background: var(--paper); }
    section > .cards { max-width: none; }
    .cards { list-style: none; padding: 0; margin: 1rem 0; display: grid; gap: .85rem;
      grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); }
    .card { background: var(--wash); border: 1px solid var(--line); border-radius: .6rem;
      padding: 1rem 1.1rem; }
    .card .name { display: block; color: var(--quiet); font-size: .9375rem; line-height: 1.3; }
    .card .value { display: block; font-size: 2rem; line-height: 1.2; font-weight: 680;
      letter-spacing: -.02em; margin: .25rem 0; font-variant-numeric: tabular-nums; }
    .change { display: block; font-size: .9375rem; line-height: 1.35; color: var(--quiet); }
    .change strong { color: var(--ink); }
    svg { display: block; overflow: visible; }
    .spark { width: 100%; height: 2.5rem; margin-top: .6rem; }
    .spark svg { width: 100%; height: 40px; overflow: visible; }
    .spark polyline, .plot polyline { fill: none; stroke: var(--mark); stroke-width: 2;
      vector-effect: non-scaling-stroke; stroke-linejoin: round; stroke-linecap: round; }
    .dot { fill: var(--mark); stroke: var(--paper); stroke-width: 1.5; }
    .bars svg, .card .strip, .profile .strip { width: 100%; height: 18px; }
    .bars .spark, .bars .spark svg { height: 40px; margin: 0; }
    .card .strip { margin-top: .7rem; }
    .mark { fill: var(--mark); }
    .range { fill: none; stroke: var(--range); stroke-width: 1.5; }
    .bars .range { stroke: var(--range); filter: none; }
    .axis { stroke: var(--line); stroke-width: 1; }
    text.axis { fill: var(--quiet); stroke: none; font-size: 13px; }
    .grid { stroke: var(--line); stroke-width: 1; }
    .median { stroke: var(--ink); stroke-width: 2; }
    .whisker { stroke: var(--edge); stroke-width: 1.5; }
    .box { fill: var(--q2); stroke: var(--edge); stroke-width: 1; }
    .plot { width: 100%; height: 260px; margin-top: .5rem; }
    .plot > svg { width: 100%; height: 260px; }
    .key { width: 2rem; height: 12px; display: inline-block; vertical-align: middle;
      margin-right: .4rem; }
    .plot polyline.s0, line.s0 { stroke: var(--s0); }
    .plot polyline.s1, line.s1 { stroke: var(--s1); stroke-dasharray: 7 4; }
    .plot polyline.s2, line.s2 { stroke: var(--s2); stroke-dasharray: 2 4; }
    .plot polyline.s3, line.s3 { stroke: var(--s3); stroke-dasharray: 11 4 2 4; }
    .plot polyline.s4, line.s4 { stroke: var(--s4); stroke-dasharray: 14 5; }
    .plot polyline.s5, line.s5 { stroke: var(--s5); stroke-dasharray: 4 3 4 7; }
    line.s0, line.s1, line.s2, line.s3, line.s4, line.s5 { stroke-width: 2.5; }
    circle.s0 { fill: var(--s0); } circle.s1 { fill: var(--s1); } circle.s2 { fill: var(--s2); }
    circle.s3 { fill: var(--s3); } circle.s4 { fill: var(--s4); } circle.s5 { fill: var(--s5); }
    .figure { margin: 1rem 0; }
    figcaption p { font-weight: 650; margin: 0 0 .35rem; }
    .legend { list-style: none; padding: 0; margin: .35rem 0; display: flex; flex-wrap: wrap;
      gap: .3rem 1.25rem; font-size: .9375rem; }
    .split { display: grid; gap: 1rem 2.5rem; align-items: start; }
    .split > * { min-width: 0; }
    @media (min-width: 56rem) { .split { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
      .side .scroll { max-height: 34rem; overflow: auto; }
      .side thead th { position: sticky; top: 0; background: var(--paper); z-index: 2; } }
    .map { width: 100%; height: auto; max-height: 40rem; }
    .map path { fill: var(--q, var(--wash)); stroke: var(--edge); stroke-width: 1.5;
      stroke-linejoin: round; vector-effect: non-scaling-stroke; }
    .map path.missing { fill: var(--paper); stroke-dasharray: 3 3; }
    .map path:hover { stroke: var(--ink); stroke-width: 2.5; }
    .map text { fill: var(--t); font-size: 26px; font-weight: 600; pointer-events: none; }
    .swatch { display: inline-block; min-width: 1.6rem; height: 1.4rem; line-height: 1.3rem;
      text-align: center; border: 1px solid var(--edge); background: var(--q);
      color: var(--t, inherit); font-size: .8125rem; font-weight: 600; margin-right: .45rem;
      border-radius: .2rem; }
    .swatch.missing { background: var(--paper); border-style: dashed; }
    .scroll { overflow-x: auto; margin: .75rem 0; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums;
      font-size: .9375rem; line-height: 1.35; }
    caption { text-align: left; color: var(--quiet); padding: 0 0 .5rem; font-size: .9375rem; }
    th, td { text-align: right; vertical-align: middle; padding: .4rem .6rem;
      border-bottom: 1px solid var(--line); }
    thead th, thead td { font-size: .875rem; line-height: 1.25; vertical-align: bottom;
      border-bottom: 2px solid var(--edge); }
    tbody th { text-align: left; font-weight: 600; }
    .left { text-align: left; }
    .texts td, .texts th { vertical-align: top; }
    .bars .pic, .profile .pic { width: 42%; min-width: 7rem; }
    .bars td:first-child, .bars td:last-child { white-space: nowrap; }
    tbody tr:hover > * { background: var(--wash); }
    .heat td { text-align: center; background: var(--q); color: var(--t, inherit);
      border: 1px solid var(--paper); }
    .heat tbody tr:hover > td[class] { background: var(--q); }
    .heat thead th { text-align: center; } .heat thead th.left { text-align: left; }
    .heat tbody th { position: sticky; left: 0; background: var(--paper); z-index: 1; }
    .suppressed { font-style: italic; color: var(--quiet); font-size: .875em; }
    .heat .suppressed, .heat .missing { color: inherit; }
    details { border: 1px solid var(--line); border-radius: .5rem; margin: .6rem 0;
      background: var(--paper); }
    summary { padding: .55rem .9rem; cursor: pointer; font-weight: 600; }
    details[open] > summary { border-bottom: 1px solid var(--line); }
    details > .scroll { margin: 0; padding: .5rem .9rem; }
    .profiles { display: grid; gap: .6rem; align-items: start;
      grid-template-columns: repeat(auto-fill, minmax(min(30rem, 100%), 1fr)); }
    .profiles details { margin: 0; }
    .profiles caption { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); }
    dl.data { display: grid; gap: .25rem 1.5rem; grid-template-columns: minmax(9rem, auto) 1fr; }
    dl.data dt { font-weight: 600; } dl.data dd { margin: 0; }
    code { font: .875em/1.4 ui-monospace, "DejaVu Sans Mono", monospace; }
    .digest { overflow-wrap: anywhere; }
    footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1.25rem;
      padding-bottom: 3rem; color: var(--quiet); font-size: .9375rem; }
    #tip { position: fixed; z-index: 5; background: var(--ink); color: var(--paper);
      padding: .25rem .6rem; border-radius: .3rem; font-size: .875rem; pointer-events: none;
      max-width: 20rem; }
    th button::after { content: "\\a0\\2195"; opacity: .55; }
    th[aria-sort=ascending] button::after { content: "\\a0\\2191"; opacity: 1; }
    th[aria-sort=descending] button::after { content: "\\a0\\2193"; opacity: 1; }
    @media (max-width: 32rem) {
      .wide { display: none; }
      th:not([aria-sort]) button::after { content: ""; }
      th, td { padding: .35rem .4rem; }
      caption { max-width: calc(100vw - 2.5rem); }
      .bars .pic { min-width: 5rem; width: 34%; }
      .card .value { font-size: 1.75rem; }
      dl.data { grid-template-columns: 1fr; } dl.data dd { margin-bottom: .6rem; }
    }
    @page { size: A4; margin: 16mm 14mm; }
    @media print {
      :root, :root[data-theme=dark], :root:not([data-theme=light]) { \(printPalette) }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      body { font-size: 10pt; }
      .contents, .skip, .tools, #tip { display: none; }
      .cover > div, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
      .cover { background: none; } .cover > div { padding-top: 4mm; padding-bottom: 4mm; }
      section { padding: 5mm 0 0; } section + section { margin-top: 5mm; }
      h2, h3, caption, figcaption, section > .note, section > .quiet { break-after: avoid; }
      details.data { break-inside: auto; }
      tr, .card, figure, .split figure, .profile { break-inside: avoid; }
      .scroll, .side .scroll { overflow: visible; max-height: none; }
      .split { grid-template-columns: 3fr 2fr; gap: 5mm; }
      .cards { grid-template-columns: repeat(3, 1fr); gap: 3mm; }
      .profiles { grid-template-columns: 1fr 1fr; gap: 3mm; }
      table { font-size: 8.5pt; } th, td { padding: 1mm 1.5mm; }
      .heat th, .heat td { padding: .7mm .4mm; font-size: 7pt; } .heat thead th { font-size: 6pt; }
      .heat.many { table-layout: fixed; }
      .heat.many th, .heat.many td { font-size: 5.5pt; overflow-wrap: anywhere; }
      .standing { font-size: 8.5pt; padding: 0 2mm; margin: 1mm 0; }
      .profile summary { padding: 1mm 2mm; } .profile .scroll { padding: 0 2mm 1mm; margin: 0; }
      .profile th, .profile td { padding: .5mm 1mm; font-size: 7.5pt; }
      .profile td { white-space: nowrap; }
      .bars .pic, .profile .pic { min-width: 20mm; }
      th button::after { content: ""; }
      details::details-content { content-visibility: visible; height: auto; }
      thead { display: table-header-group; }
    }

    """

  private static let printPalette = light.map { "--\($0.name): \($0.value);" }
    .joined(separator: " ")
}
