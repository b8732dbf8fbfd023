/// What sites look like besides what they share with reports.
enum SiteStyle {
  static var sheet: String { ReportStyle.sheet(nil) + rules }

  private static let rules = """
    .bar { display: flex; flex-wrap: wrap; align-items: baseline; gap: .35rem 1.5rem; }
    .cover > .bar { padding-top: .9rem; padding-bottom: .6rem; }
    .brand { font-weight: 680; margin: 0; }
    .bar nav { margin-left: auto; }
    .bar ul { display: flex; flex-wrap: wrap; gap: .15rem 1.25rem; list-style: none; margin: 0;
      padding: 0; }
    .bar li { margin: 0; }
    .bar a { display: block; padding: .25rem 0; color: var(--ink); text-decoration: none;
      border-bottom: .2rem solid transparent; }
    .bar a:hover { color: var(--mark); text-decoration: underline; }
    .bar a[aria-current] { border-bottom-color: var(--mark); font-weight: 650; }
    .cover > .head { padding-top: 1.25rem; padding-bottom: 1.5rem; }
    h1, h2, h3, .lead, dd, td, th, li { overflow-wrap: break-word; }
    h1 { overflow-wrap: anywhere; }
    section > .cards, section > .sets { max-width: none; }
    .cards.wide-cards { grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); }
    .card h3 { margin: 0 0 .35rem; overflow-wrap: anywhere; }
    .card p { margin: .25rem 0; }
    .card .badge { margin: .25rem .35rem .35rem 0; background: var(--paper); }
    .card dl.data, .set dl.data { font-size: .9375rem; gap: .1rem 1rem;
      grid-template-columns: minmax(6.5rem, auto) 1fr; margin: .5rem 0 0; }
    .card dl.data dt, .set dl.data dt { font-weight: 400; color: var(--quiet); }
    .card dd { font-variant-numeric: tabular-nums; }
    .files { list-style: none; padding: 0; margin: .6rem 0 0; }
    .files li { margin: .2rem 0; overflow-wrap: anywhere; }
    td .files { margin: 0; min-width: 11rem; }
    td .files li:first-child { margin-top: 0; }
    .texts td { min-width: 8rem; } .texts td > code { display: block; min-width: 9rem; }
    .sets { list-style: none; padding: 0; margin: 0; }
    .set { border-top: 1px solid var(--line); padding: 1.25rem 0; max-width: none; }
    .set:first-child { border-top: 0; padding-top: .25rem; }
    .set h3 { margin: 0 0 .25rem; font-size: 1.25rem; }
    .set p { margin: .25rem 0; }
    @media (min-width: 48rem) {
      .set { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 2.5rem; }
      .set > div { min-width: 0; }
    }
    .frame { margin: 1rem 0; background: var(--wash);
      border: 1px solid var(--line); border-radius: .5rem;
      padding: .5rem; }
    svg.lineage { margin: 0 auto; }
    .lineage text { fill: var(--ink); font-size: 13.5px; }
    .lineage text.kind { fill: var(--quiet); font-size: 11px; letter-spacing: .04em; }
    .lineage text.name { font-weight: 650; }
    .lineage text.quiet { fill: var(--quiet); font-size: 12px; }
    .lineage rect { fill: var(--paper); stroke: var(--edge); stroke-width: 1.25; }
    .lineage .source rect { stroke-dasharray: 5 3; }
    .lineage .output rect { stroke: var(--mark); stroke-width: 2.5; }
    .lineage .flow { fill: none; stroke: var(--edge); stroke-width: 1.5; }
    .lineage .tip { fill: var(--edge); }
    .pair { display: grid; gap: 0 2rem;
      grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); }
    svg.runs { width: 100%; height: 126px; }
    .runs .bad { fill: none; stroke: var(--warn); stroke-width: 1.5; stroke-dasharray: 3 2; }
    tbody th { overflow-wrap: normal; }
    td .badge { margin: 0; white-space: nowrap; }
    table.data tbody > tr > * { vertical-align: baseline; }
    .moment { white-space: nowrap; }
    details > p, details > ul { margin-left: .9rem; margin-right: .9rem; }
    @media (max-width: 32rem) {
      .bar nav { margin-left: 0; } .bar ul { gap: .15rem .9rem; font-size: .9375rem; }
      .card dl.data dd, .set dl.data dd { margin-bottom: 0; }
    }
    @media print {
      .bar nav { display: none; }
      .frame { margin: 1rem 0; border: 0; padding: 0; background: none; }
      svg.lineage { width: 100%; height: auto; max-height: 220mm; }
      .set { break-inside: avoid; } summary { break-after: avoid; }
      td .badge { font-size: inherit; }
      .set { display: grid; grid-template-columns: 3fr 2fr; gap: 0 6mm; }
    }

    """
}
