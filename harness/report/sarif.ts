/** A run as SARIF 2.1.0, which GitHub code scanning and other viewers read: one rule per clause, one result per failure. */
import type { CheckReport } from '../../conformance/contract/check.ts';
import type { JsonObject } from '../../conformance/contract/contract.ts';
import { printableJson } from '../../conformance/contract/text.ts';
import { blamedRequirement, type BaselineResult } from '../core/baseline.ts';
import type { RunSummary } from '../core/runner.ts';
import type { FailureContext } from './failure.ts';
import { standingOf, type Standing } from './findings.ts';
import { describeResult } from './one-line.ts';

/** What a log says about its origin. */
export interface SarifMeta {
  readonly version: string;
  /** The text of a clause, for its rule. */
  readonly textOf?: (requirement: string) => string | undefined;
}

/** Why a failure does not count. */
const JUSTIFICATIONS: { readonly [standing in Standing]?: string } = {
  known: 'known to the baseline',
  decided: 'violates no published clause',
};

/** Formats a run; failures that do not count are included, as suppressed results. */
export function formatSarif(summary: RunSummary, meta: SarifMeta, context: FailureContext = {}, baseline?: BaselineResult): string {
  const standing = standingOf(baseline, context.published === true);
  const failing = summary.reports.filter(({ result }) => result.verdict === 'fail' || result.verdict === 'broken');
  const rules = [...new Set(failing.map(blamedRequirement))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'bottlepost',
            semanticVersion: meta.version,
            rules: rules.map((id) => {
              const text = meta.textOf?.(id);
              return { id, ...(text === undefined ? {} : { shortDescription: { text } }) };
            }),
          },
        },
        invocations: [
          {
            executionSuccessful: summary.internalErrors.length === 0,
            toolExecutionNotifications: summary.internalErrors.map(({ check, message }) => ({
              level: 'error',
              message: { text: `${check}: ${message}` },
            })),
          },
        ],
        results: failing.map((report) => resultOf(report, rules, context, JUSTIFICATIONS[standing(report)])),
      },
    ],
  };
  return `${printableJson(JSON.stringify(log, null, 2))}\n`;
}

function resultOf(report: CheckReport, rules: readonly string[], context: FailureContext, justification: string | undefined): JsonObject {
  const ruleId = blamedRequirement(report);
  const level = context.levelOf?.(ruleId);
  return {
    ruleId,
    ruleIndex: rules.indexOf(ruleId),
    level: level !== undefined && level !== 'MUST' ? 'warning' : 'error',
    message: { text: describeResult(report.result) },
    // A check has no place in the user's source code; its id serves as one.
    locations: [{ logicalLocations: [{ fullyQualifiedName: report.check.id, kind: 'test' }] }],
    partialFingerprints: { check: report.check.id },
    ...(justification === undefined ? {} : { suppressions: [{ kind: 'external', justification }] }),
  };
}
