import type { Report } from '#contract/report.ts';
import { markup } from '#reporters/escape.ts';
import { when } from '#reporters/html/summary.ts';
import { bytes, count, duration } from '#reporters/numbers.ts';
import { nodeName } from '#reporters/wording.ts';

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

/** Every report names what it took for granted; values that somebody changed come first. */
export function assumptionsSection(report: Report): string {
  if (report.assumptions.length === 0) return '';
  const rows = [...report.assumptions]
    .sort((a, b) => Number(a.isDefault) - Number(b.isDefault))
    .map(
      (one) =>
        `<tr><th scope="row"><code>${markup(one.name)}</code></th><td${one.isDefault ? '' : ' class="changed"'}>${markup(one.value)}${one.isDefault ? '' : ' <span class="badge warning">changed</span>'}</td><td>${markup(one.effect)}</td></tr>`,
    );
  return [
    '<section aria-labelledby="assumptions"><h2 id="assumptions">What was taken for granted</h2>',
    '<p class="soft">Where the documentation of the target leaves something open, the rehearsal assumes it. Other values may give other numbers.</p>',
    '<div class="card scroll"><table><caption>Assumptions in force</caption><thead><tr><th scope="col">Assumption</th><th scope="col">Value</th><th scope="col">Effect</th></tr></thead>',
    `<tbody>${rows.join('')}</tbody></table></div></section>`,
  ].join('\n');
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
    [
      'Legacy store',
      `${inputs.legacyEngine} ${inputs.legacyVersion}, ${count(inputs.legacyRows)} rows; ${inputs.legacyReadOnly}`,
    ],
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
