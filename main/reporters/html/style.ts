/** All of the page's looks. Colours pass a contrast of 4.5 to 1 for text in both schemes. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2230; --soft: #566073; --line: #dde2ea; --fill: #eef1f5;
  --ok: #1f7a4d; --ok-bar: #2f9e68; --bad: #b3261e; --bad-bar: #d9453b; --skip: #8a5a00; --skip-bar: #d99a1c;
  --left-bar: #c7ced9; --link: #2456b8; --ok-bg: #e4f4ec; --bad-bg: #fcebea; --skip-bg: #fdf3dd;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161d; --card: #1a2029; --ink: #e6eaf1; --soft: #a3aec0; --line: #2d3645; --fill: #222a36;
    --ok: #6fd3a0; --ok-bar: #38a873; --bad: #ff9d94; --bad-bar: #e05a50; --skip: #f0be5c; --skip-bar: #c98f1d;
    --left-bar: #46526a; --link: #8fb4ff; --ok-bg: #173527; --bad-bg: #3f1f1d; --skip-bg: #392c11;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
header, main, footer { max-width: 1080px; margin: 0 auto; padding: 0 28px; }
header { padding-top: 30px; display: flex; flex-wrap: wrap; gap: 6px 20px; align-items: center; justify-content: space-between; }
.brand { font-weight: 650; }
.brand span, footer, .soft, small { color: var(--soft); }
.brand span { font-weight: 400; }
h1 { font-size: 31px; line-height: 1.25; letter-spacing: -.012em; font-weight: 680; margin: 0 0 14px; text-wrap: balance; }
h2 { font-size: 20px; line-height: 1.3; margin: 0 0 4px; }
h3 { font-size: 17px; line-height: 1.35; margin: 0; }
p { margin: 0 0 10px; max-width: 84ch; }
a { color: var(--link); }
section { margin: 40px 0 0; }
section > .soft { margin-bottom: 14px; }
.answer { margin-top: 22px; background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 30px 32px 28px; border-top: 5px solid var(--left-bar); }
.answer.clean { border-top-color: var(--ok-bar); } .answer.findings { border-top-color: var(--bad-bar); } .answer.incomplete { border-top-color: var(--skip-bar); }
.kicker { margin: 0 0 12px; display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; color: var(--soft); }
.badge { display: inline-block; font-size: 13px; line-height: 1; font-weight: 650; border-radius: 99px; padding: 6px 11px; white-space: nowrap; background: var(--fill); color: var(--soft); }
.badge.clean, .badge.ok { background: var(--ok-bg); color: var(--ok); }
.badge.findings, .badge.failed, .badge.error { background: var(--bad-bg); color: var(--bad); }
.badge.incomplete, .badge.skipped, .badge.warning { background: var(--skip-bg); color: var(--skip); }
ul.caveats { margin: 16px 0 0; padding: 12px 16px 12px 34px; background: var(--skip-bg); border-radius: 9px; max-width: none; }
ul.caveats li { margin: 2px 0; }
.phase { margin-top: 24px; } .phase p { margin-bottom: 10px; }
.phase h3 { font-size: 16px; font-weight: 650; margin-bottom: 2px; } .phase h3 .soft { font-weight: 400; }
dl.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 12px; margin: 0 0 14px; }
dl.counts div { background: var(--fill); border-radius: 10px; padding: 12px 14px; display: flex; flex-direction: column; }
dl.counts dt { order: 2; font-size: 14px; color: var(--soft); }
dl.counts dd { margin: 0; font-size: 25px; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; }
dd.ok, td.ok { color: var(--ok); } dd.failed, td.failed { color: var(--bad); } dd.skipped, td.skipped { color: var(--skip); }
svg.bar { display: block; width: 100%; height: 12px; border-radius: 4px; }
svg.bar .rest { fill: var(--left-bar); } svg.bar .ok { fill: var(--ok-bar); } svg.bar .failed { fill: var(--bad-bar); } svg.bar .skipped { fill: var(--skip-bar); }
svg.big { height: 16px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 14px; color: var(--soft); margin: 8px 0 0; }
.legend i { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; background: var(--left-bar); }
.legend i.ok { background: var(--ok-bar); } .legend i.failed { background: var(--bad-bar); } .legend i.skipped { background: var(--skip-bar); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px 24px; margin-top: 12px; break-inside: avoid; }
.cause { display: grid; grid-template-columns: 132px minmax(0, 1fr); gap: 4px 24px; }
.cause .size { font-variant-numeric: tabular-nums; }
.cause .size b { display: block; font-size: 25px; line-height: 1.2; font-weight: 650; }
.cause.failed .size b { color: var(--bad); } .cause.skipped .size b { color: var(--skip); }
.cause .size span { color: var(--soft); font-size: 14px; }
.cause .titles { display: flex; flex-wrap: wrap; gap: 5px 12px; align-items: center; }
.meta { color: var(--soft); font-size: 14px; margin: 2px 0 8px; }
.cause p:last-child { margin-bottom: 0; }
td.title { min-width: 270px; }
.fix { border-left: 3px solid var(--ok-bar); padding: 2px 0 2px 14px; margin: 12px 0; max-width: 76ch; }
.fix b { color: var(--ok); }
code { font: 13.5px/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.code { color: var(--soft); }
.samples { margin: 10px 0 0; padding: 0; list-style: none; font-size: 14.5px; overflow-wrap: anywhere; }
ul.samples { margin: 2px 0 0; columns: 2 320px; column-gap: 28px; }
ul.samples li { padding: 2px 0; break-inside: avoid; }
.try { margin: 8px 0 0; font-size: 14.5px; color: var(--soft); }
.try code { background: var(--fill); color: var(--ink); border-radius: 6px; padding: 3px 8px; }
.glance { list-style: none; margin: 12px 0 0; padding: 14px 24px; }
.glance li { display: grid; grid-template-columns: 48px minmax(0, 1fr) minmax(80px, 30%); gap: 4px 18px; align-items: center; padding: 4px 0; font-size: 15px; }
.glance a { color: var(--ink); text-decoration: none; } .glance a:hover { color: var(--link); text-decoration: underline; }
.glance .number { font-weight: 650; } .number.failed { color: var(--bad); } .number.skipped { color: var(--skip); }
.glance svg.bar .rest { fill: transparent; } .glance svg.bar { height: 8px; }
summary { cursor: pointer; font-weight: 600; } details[open] summary { margin-bottom: 14px; }
.assumptions th:first-child { width: 27%; } .assumptions td:nth-child(2) { width: 20%; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 15px; }
caption { text-align: left; font-weight: 650; padding: 0 0 8px; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 13.5px; border-bottom: 1px solid var(--line); padding: 6px 16px 6px 0; vertical-align: bottom; }
td, tbody th { padding: 8px 16px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody th { font-weight: 500; color: var(--ink); font-size: 15px; overflow-wrap: anywhere; }
tbody tr:last-child > * { border-bottom: 0; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.coverage { table-layout: fixed; } .coverage .name { width: 38%; } .coverage .figure { width: 82px; } .coverage td.graph { padding-top: 13px; }
.columns { columns: 2 420px; column-gap: 12px; } .columns .card { margin: 0 0 12px; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 12px; align-items: start; }
.changed { font-weight: 650; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 5px 22px; margin: 0; font-size: 15px; }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
footer { padding-top: 34px; padding-bottom: 40px; font-size: 14px; }
@media (min-width: 1600px) { header, main, footer { max-width: 1240px; } }
@media (max-width: 640px) {
  .glance li { grid-template-columns: 56px minmax(0, 1fr); } .glance svg.bar { display: none; }
  header, main, footer { padding-left: 16px; padding-right: 16px; }
  .answer { padding: 22px 18px; } h1 { font-size: 24px; } .cause { grid-template-columns: 1fr; } .card { padding: 16px; }
  .coverage .figure { width: 66px; }
}
@media print {
  details:not([open]) > * { display: block; }
  :root { --page: #fff; --fill: #f2f4f7; }
  body { font-size: 12px; } header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  svg.bar, .badge, ul.caveats, dl.counts div, .legend i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { margin-top: 24px; } h2, h3, caption { break-after: avoid; } tr { break-inside: avoid; }
}
`;
