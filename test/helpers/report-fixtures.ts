import { readFileSync } from 'node:fs';
import { type Report, reportSchema } from '#contract/report.ts';

export type ReportFixture = 'lazy-findings' | 'bulk-clean' | 'mixed-incomplete';

/** A report of a made-up migration, checked against the schema. */
export function reportFixture(name: ReportFixture): Report {
  const url = new URL(`../fixtures/reports/${name}.json`, import.meta.url);
  return reportSchema.parse(JSON.parse(readFileSync(url, 'utf8')));
}

/** Text that tries to break out of every format a report is written in. */
export const HOSTILE = `</title><script>alert(1)</script>"'&<b onclick=x>\u001b[31m\u0007\u202ered\n=cmd|' /C calc'!A0`;

/** The same report as if every text in it had been written by an attacker. */
export function hostileReport(): Report {
  const report = reportFixture('lazy-findings');
  return {
    ...report,
    trial: { ...report.trial, project: HOSTILE, inputs: { ...report.trial.inputs, legacyVersion: HOSTILE } },
    coverage: report.coverage.map((coverage) => ({
      ...coverage,
      rows: coverage.rows.map((row) => ({ ...row, value: HOSTILE })),
    })),
    causes: report.causes.map((cause) => ({
      ...cause,
      title: HOSTILE,
      meaning: HOSTILE,
      fix: HOSTILE,
      samples: cause.samples.map((sample) => ({ ...sample, key: [HOSTILE], detail: HOSTILE, who: HOSTILE })),
    })),
    findings: report.findings.map((finding) => ({ ...finding, title: HOSTILE, fix: HOSTILE })),
    assumptions: report.assumptions.map((one) => ({
      ...one,
      name: HOSTILE,
      value: HOSTILE,
      effect: HOSTILE,
    })),
  };
}
