import type { Report } from '#contract/report.ts';
import { markup } from '#reporters/escape.ts';
import { when } from '#reporters/html/summary.ts';
import { bytes, count, duration } from '#reporters/numbers.ts';
import { legacyText, nodeName } from '#reporters/wording.ts';

export function jobsSection(report: Report): string {
  const { jobs, tenantLog } = report;
  if (jobs === null && tenantLog.length === 0) return '';
  return [
    '<section aria-labelledby="store"><h2 id="store">What the user store would show</h2><div class="two">',
    jobs === null
      ? ''
      : `<div class="card">${facts([
          ['Import jobs', count(jobs.jobs)],
          ['Import files', `${count(jobs.files)}, ${bytes(jobs.bytes)}, in ${jobs.folder}`],
          ['Inserted', count(jobs.inserted)],
          ['Updated', count(jobs.updated)],
          ['Refused', count(jobs.failed)],
        ])}</div>`,
    tenantLog.length === 0
      ? ''
      : `<div class="card"><table><caption>Tenant log entries</caption><thead><tr><th scope="col">Type</th><th scope="col" class="number">Entries</th></tr></thead><tbody>${tenantLog
          .map(
            (one) =>
              `<tr><th scope="row"><code>${markup(one.log)}</code></th><td class="number">${count(one.count)}</td></tr>`,
          )
          .join('')}</tbody></table></div>`,
    '</div></section>',
  ].join('\n');
}

/** Every report names what it took for granted: in sight what somebody changed, folded what nobody did. */
export function assumptionsSection(report: Report): string {
  const { assumptions } = report;
  if (assumptions.length === 0) return '';
  const changed = assumptions.filter((one) => !one.isDefault);
  const defaults = assumptions.filter((one) => one.isDefault);
  return [
    '<section aria-labelledby="assumptions"><h2 id="assumptions">What was taken for granted</h2>',
    '<p class="soft">Where the documentation of the target leaves something open, the rehearsal assumes it. Other values may give other numbers.</p>',
    changed.length === 0
      ? ''
      : `<div class="card scroll">${assumptionTable('Changed for this project', changed)}</div>`,
    defaults.length === 0
      ? ''
      : `<details class="card"><summary>${count(defaults.length)} ${changed.length === 0 ? 'assumptions, all at their defaults' : 'more at their defaults'}</summary><div class="scroll">${assumptionTable('Assumptions at their defaults', defaults)}</div></details>`,
    '</section>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function assumptionTable(caption: string, assumptions: Report['assumptions']): string {
  const rows = assumptions.map(
    (one) =>
      `<tr><th scope="row"><code>${markup(one.name)}</code></th><td${one.isDefault ? '' : ' class="changed"'}>${markup(one.value)}</td><td>${markup(one.effect)}</td></tr>`,
  );
  return `<table class="assumptions"><caption>${caption}</caption><thead><tr><th scope="col">Assumption</th><th scope="col">Value</th><th scope="col">Effect</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** What somebody needs to repeat the trial and to trust it. */
export function evidenceSection(report: Report): string {
  const { trial, passwordChecks } = report;
  const { options, inputs, versions } = trial;
  const filter = [
    options.filter.limit === undefined ? null : `first ${count(options.filter.limit)}`,
    options.filter.where === undefined ? null : `where ${options.filter.where}`,
    options.filter.only === undefined ? null : `${count(options.filter.only.length)} chosen keys`,
  ].filter((part) => part !== null);
  const rows: (readonly [string, string])[] = [
    ['Status', trial.fault === null ? trial.status : `${trial.status}: ${trial.fault.message}`],
    ['Started', when(trial.createdAt)],
    ['Report made', when(report.generatedAt)],
    ['Legacy store', legacyText(inputs)],
    ['Users', filter.length === 0 ? 'all' : filter.join(', ')],
    ['Phases', report.counts.map((phase) => `${phase.phase} ${duration(phase.seconds)}`).join(', ')],
    ['Password checks', `${count(passwordChecks.truly)} computed, ${count(passwordChecks.assumed)} assumed`],
    [
      'Script runs',
      `${options.container} containers, ${duration(options.timeLimitMs / 1000)} limit, ${nodeName(versions.scriptRuntime)}`,
    ],
    ['Versions', `Userferry ${versions.userferry}, ${nodeName(versions.node)}`],
    ['Settings', `sha-256 ${inputs.settings}`],
    ...Object.entries(inputs.scripts).map(([slot, sum]) => [`Script ${slot}`, `sha-256 ${sum}`] as const),
  ];
  return `<section aria-labelledby="evidence"><h2 id="evidence">How it was found out</h2><p class="soft">What it takes to repeat this trial and get the same numbers.</p><div class="card">${facts(rows)}</div></section>`;
}

function facts(rows: readonly (readonly [string, string])[]): string {
  return `<dl class="facts">${rows.map(([name, value]) => `<dt>${markup(name)}</dt><dd>${markup(value)}</dd>`).join('')}</dl>`;
}
