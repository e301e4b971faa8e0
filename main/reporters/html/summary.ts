import type { Report } from '#contract/report.ts';
import { markup } from '#reporters/escape.ts';
import { caveats, headline, phaseSentence, remaining, totalSeconds } from '#reporters/headline.ts';
import { svgBar } from '#reporters/html/bar.ts';
import { count, duration, percent } from '#reporters/numbers.ts';
import { capital } from '#contract/capital.ts';
import {
  depthMeaning,
  kindTitle,
  orderSentence,
  PHASE_TITLES,
  rankedCauses,
  verdictTitle,
} from '#reporters/wording.ts';

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
  const sentences = headline(report).map((sentence) => capital(sentence));
  const several = report.counts.length > 1;
  // With several phases each says its own sentence below, and the title is the one about all of them.
  const title = sentences.length > report.counts.length || !several ? sentences[0] : undefined;
  const notes = caveats(report);
  const depth = depthMeaning(report);
  const order = orderSentence(report);
  return [
    `<section class="answer ${report.verdict}" aria-labelledby="answer">`,
    `<p class="kicker"><span class="badge ${report.verdict}">${verdictTitle(report)}</span><span>${kindTitle(report)} · ${duration(totalSeconds(report))}</span></p>`,
    `<h1 id="answer">${markup(title ?? 'The trial has not finished.')}</h1>`,
    firstCauses(report),
    order === null ? '' : `<p class="soft">${markup(order)}</p>`,
    depth === null ? '' : `<p class="soft">Depth: ${markup(depth)}.</p>`,
    notes.length === 0
      ? ''
      : `<ul class="caveats">${notes.map((note) => `<li>${markup(note)}</li>`).join('')}</ul>`,
    ...report.counts.map((phase, index) => phaseBlock(phase, several ? index + 1 : null)),
    report.counts.length === 0 ? '' : legend(report.counts.some((phase) => remaining(phase) > 0)),
    '</section>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** How much of the trouble its biggest causes explain: where the next working day goes. */
function firstCauses(report: Report): string {
  const top = rankedCauses(report)
    .filter((cause) => cause.status === 'failed')
    .slice(0, 3);
  const failed = report.counts.reduce((sum, phase) => sum + phase.failed, 0);
  const [biggest] = top;
  if (biggest === undefined || failed === 0) return '';
  const covered = top.reduce((sum, cause) => sum + cause.users, 0);
  const link = `<a href="#cause-1">${markup(biggest.title)}</a>`;
  return top.length === 1
    ? `<p>The biggest cause, ${link}, explains ${percent(covered, failed)} of the failures.</p>`
    : `<p>The ${top.length} biggest causes explain ${percent(covered, failed)} of the failures; the biggest is ${link}.</p>`;
}

function phaseBlock(phase: PhaseCounts, place: number | null): string {
  const figures = [
    ['expected', 'expected', ''],
    ['done', 'done', ''],
    ['ok', 'ok', 'ok'],
    ['failed', 'failed', phase.failed > 0 ? 'failed' : ''],
    ['skipped', 'skipped', phase.skipped > 0 ? 'skipped' : ''],
  ] as const;
  return [
    '<div class="phase">',
    place === null
      ? ''
      : `<h3>${place}. ${PHASE_TITLES[phase.phase]} <span class="soft">· ${duration(phase.seconds)}</span></h3><p>${markup(capital(phaseSentence(phase)))}</p>`,
    `<dl class="counts">${figures
      .map(
        ([key, name, style]) => `<div><dt>${name}</dt><dd class="${style}">${count(phase[key])}</dd></div>`,
      )
      .join('')}</dl>`,
    svgBar(phase, phase.expected, true),
    '</div>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function legend(unfinished: boolean): string {
  const rest = unfinished ? '<span><i></i>not tried yet</span>' : '';
  return `<p class="legend"><span><i class="ok"></i>ok</span><span><i class="failed"></i>failed</span><span><i class="skipped"></i>skipped</span>${rest}</p>`;
}
