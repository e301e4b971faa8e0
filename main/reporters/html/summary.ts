import type { Report } from '#contract/report.ts';
import { markup } from '#reporters/escape.ts';
import { caveats, headline, remaining, totalSeconds } from '#reporters/headline.ts';
import { svgBar } from '#reporters/html/bar.ts';
import { count, duration, percent } from '#reporters/numbers.ts';
import { capital, depthMeaning, kindTitle, PHASE_TITLES, verdictTitle } from '#reporters/wording.ts';

type PhaseCounts = Report['counts'][number];

export function masthead(report: Report): string {
  return `<header><div class="brand">${markup(report.trial.project)} <span>· migration rehearsal</span></div><div class="soft">${markup(when(report.trial.createdAt))} · trial <code>${markup(report.trial.id)}</code></div></header>`;
}

/** ISO 8601 UTC as "2026-11-24 06:40 UTC"; anything else as it is. */
export function when(iso: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(iso);
  return match === null ? iso : `${match[1]} ${match[2]} UTC`;
}

export function answerSection(report: Report): string {
  const [first, ...others] = headline(report).map((sentence) => capital(sentence));
  const notes = caveats(report);
  const depth = depthMeaning(report);
  return [
    `<section class="answer ${report.verdict}" aria-labelledby="answer">`,
    `<p class="kicker"><span class="badge ${report.verdict}">${verdictTitle(report)}</span><span>${kindTitle(report)} · ${duration(totalSeconds(report))}</span></p>`,
    `<h1 id="answer">${[first, ...others].map((sentence) => markup(sentence ?? '')).join('<br>')}</h1>`,
    firstCauses(report),
    depth === null ? '' : `<p class="soft">Depth: ${markup(depth)}.</p>`,
    notes.length === 0
      ? ''
      : `<ul class="caveats">${notes.map((note) => `<li>${markup(note)}</li>`).join('')}</ul>`,
    ...report.counts.map((phase) => phaseBlock(phase, report.counts.length > 1)),
    report.counts.length === 0 ? '' : legend(report.counts.some((phase) => remaining(phase) > 0)),
    '</section>',
  ].join('\n');
}

/** How much of the trouble its biggest causes explain: where the next working day goes. */
function firstCauses(report: Report): string {
  const top = report.causes.filter((cause) => cause.status === 'failed').slice(0, 3);
  const failed = report.counts.reduce((sum, phase) => sum + phase.failed, 0);
  const [biggest] = top;
  if (biggest === undefined || failed === 0) return '';
  const covered = top.reduce((sum, cause) => sum + cause.users, 0);
  return top.length === 1
    ? `<p>The biggest cause, <a href="#cause-1">${markup(biggest.title)}</a>, explains ${percent(covered, failed)} of the failures.</p>`
    : `<p>The ${top.length} biggest causes explain ${percent(covered, failed)} of the failures; the biggest is <a href="#cause-1">${markup(biggest.title)}</a>.</p>`;
}

function phaseBlock(phase: PhaseCounts, several: boolean): string {
  const figures = [
    ['expected', 'expected', ''],
    ['done', 'done', ''],
    ['ok', 'ok', 'ok'],
    ['failed', 'failed', phase.failed > 0 ? 'failed' : ''],
    ['skipped', 'skipped', phase.skipped > 0 ? 'skipped' : ''],
  ] as const;
  return [
    '<div class="phase">',
    several ? `<h3>${PHASE_TITLES[phase.phase]} · ${duration(phase.seconds)}</h3>` : '',
    `<dl class="counts">${figures
      .map(
        ([key, name, style]) => `<div><dt>${name}</dt><dd class="${style}">${count(phase[key])}</dd></div>`,
      )
      .join('')}</dl>`,
    svgBar(phase, phase.expected, true),
    '</div>',
  ].join('\n');
}

function legend(unfinished: boolean): string {
  const rest = unfinished ? '<span><i></i>not tried yet</span>' : '';
  return `<p class="legend"><span><i class="ok"></i>ok</span><span><i class="failed"></i>failed</span><span><i class="skipped"></i>skipped</span>${rest}</p>`;
}
