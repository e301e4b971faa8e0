import type { Report } from '#contract/report.ts';
import { markup } from '#reporters/escape.ts';
import { countsOf } from '#reporters/headline.ts';
import { svgBar } from '#reporters/html/bar.ts';
import { count, percent, users } from '#reporters/numbers.ts';
import { groupSamples, tryCommand } from '#reporters/try-command.ts';
import { capital } from '#contract/capital.ts';
import {
  otherFindings,
  PHASE_TITLES,
  rankedCauses,
  type CauseGroup,
  type FindingGroup,
  type Sample,
} from '#reporters/wording.ts';

const SAMPLES = 5;
const GLANCE_FROM = 5;

export function causesSection(report: Report): string {
  if (report.causes.length === 0) return '';
  const causes = rankedCauses(report);
  return [
    '<section aria-labelledby="causes"><h2 id="causes">What breaks, and how to mend it</h2>',
    '<p class="soft">Every user that did not get across, by the one cause that decided it. Failures first, the biggest on top.</p>',
    causes.length < GLANCE_FROM ? '' : glance(causes),
    ...causes.map((cause, index) => causeCard(report, cause, index + 1)),
    '</section>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** With more causes than fit on a screen, all of them on one: how many users, and the way to the card. */
function glance(causes: readonly CauseGroup[]): string {
  const most = Math.max(...causes.map((cause) => cause.users));
  const rows = causes.map((cause, index) => {
    const parts = { ok: 0, failed: 0, skipped: 0, [cause.status]: cause.users };
    return `<li><span class="number ${cause.status}">${count(cause.users)}</span><a href="#cause-${index + 1}">${markup(capital(cause.title))}</a>${svgBar(parts, most)}</li>`;
  });
  return `<ol class="card glance">${rows.join('')}</ol>`;
}

function causeCard(report: Report, cause: CauseGroup, number: number): string {
  const phase = countsOf(report, cause.phase);
  const share = phase === undefined ? '' : `${percent(cause.users, phase.done)} of users`;
  const several = report.counts.length > 1 ? ` · ${PHASE_TITLES[cause.phase]}` : '';
  return [
    `<article class="card cause ${cause.status}" id="cause-${number}">`,
    `<div class="size"><b>${count(cause.users)}</b><span>${share}</span></div><div>`,
    `<div class="titles"><h3>${markup(capital(cause.title))}</h3><span class="badge ${cause.status}">${cause.status}</span></div>`,
    `<p class="meta"><code>${markup(cause.code)}</code>${several}</p>`,
    `<p>${markup(cause.meaning)}</p>`,
    `<p class="fix"><b>Fix:</b> ${markup(cause.fix)}</p>`,
    sampleList(cause.samples, cause.users),
    tryLine(report, cause),
    '</div></article>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function tryLine(report: Report, cause: CauseGroup): string {
  const first = cause.samples[0];
  const command = first === undefined ? null : tryCommand(report, cause.phase, first);
  return command === null ? '' : `<p class="try">Try one: <code>${markup(command)}</code></p>`;
}

function sampleList(samples: readonly Sample[], all: number): string {
  if (samples.length === 0) return '';
  const shown = samples.slice(0, SAMPLES);
  const groups = groupSamples(shown);
  const items = groups.map(({ names, detail, line }) => {
    const keys = names.map((name) => `<code>${markup(name)}</code>`).join(', ');
    const about = detail === '' ? '' : ` · ${markup(detail)}`;
    return `${keys}${about}${line === null ? '' : ` <small>script line ${line}</small>`}`;
  });
  const title = all > shown.length ? `${shown.length} of ${users(all)}` : users(all);
  const [only] = items;
  return items.length === 1
    ? `<p class="samples"><span class="soft">${title}:</span> ${only}</p>`
    : `<p class="samples soft">${title}:</p><ul class="samples">${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

/** Mixed trials: users that one phase lost to the other. */
export function clashesSection(report: Report): string {
  if (report.clashes.length === 0) return '';
  return [
    '<section aria-labelledby="clashes"><h2 id="clashes">Clashes between the phases</h2>',
    '<p class="soft">Users that the second phase refused because of what the first one did.</p>',
    ...report.clashes.map(
      (clash) =>
        `<article class="card cause skipped"><div class="size"><b>${count(clash.users)}</b><span>${clash.users === 1 ? 'user' : 'users'}</span></div><div><div class="titles"><h3>${markup(capital(clash.title))}</h3></div><p class="meta"><code>${markup(clash.code)}</code></p>${sampleList(clash.samples, clash.users)}</div></article>`,
    ),
    '</section>',
  ].join('\n');
}

/** Findings that decided nothing. They overlap, so they are not added up; notes are folded away. */
export function findingsSection(report: Report): string {
  const others = otherFindings(report);
  if (others.length === 0) return '';
  const loud = others.filter((finding) => finding.severity !== 'note');
  const notes = others.filter((finding) => finding.severity === 'note');
  return [
    '<section aria-labelledby="findings"><h2 id="findings">Worth knowing before the day</h2>',
    '<p class="soft">Found on users whatever became of them. One user can have several.</p>',
    loud.length === 0 ? '' : `<div class="card scroll">${findingTable('Errors and warnings', loud)}</div>`,
    notes.length === 0
      ? ''
      : `<details class="card"><summary>${notes.length} ${notes.length === 1 ? 'note' : 'notes'} that ask for nothing</summary><div class="scroll">${findingTable('Notes', notes)}</div></details>`,
    '</section>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function findingTable(caption: string, findings: readonly FindingGroup[]): string {
  const rows = findings.map(
    (finding) =>
      `<tr><td class="number">${count(finding.users)}</td><td><span class="badge ${finding.severity}">${finding.severity}</span></td><td class="title">${markup(capital(finding.title))}<br><code class="code">${markup(finding.code)}</code></td><td>${markup(finding.fix)}</td></tr>`,
  );
  return `<table><caption>${caption}</caption><thead><tr><th scope="col" class="number">Users</th><th scope="col">Severity</th><th scope="col">Finding</th><th scope="col">What to do</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
