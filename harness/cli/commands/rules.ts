import { rules } from "../../../src/index.ts";
import { jsonText } from "../../report/printable.ts";
import { loadScenarios } from "../../scenario/load.ts";
import { BUNDLED_SCENARIOS } from "../../scenario/bundled.ts";
import { loadConfig } from "../config/config.ts";
import { coverageText } from "../coverage-text.ts";
import { coverageOf } from "../coverage.ts";
import { referencesOf } from "../judge/references.ts";
import { print } from "../terminal.ts";

/** Flags of `mfa-harness rules`, as parsed. */
export interface RulesFlags {
  readonly json?: boolean;
  readonly coverage?: boolean;
  readonly config?: string;
}

/** `mfa-harness rules`: every rule, or with `--coverage` how the scenarios stand against every list; text or JSON. */
export async function rulesCommand(flags: RulesFlags): Promise<void> {
  if (flags.coverage === true) await printCoverage(flags);
  else printRules(flags);
}

async function printCoverage({ config, json }: RulesFlags): Promise<void> {
  const { scenarios = [BUNDLED_SCENARIOS] } = await loadConfig(config);
  const lines = coverageOf(await loadScenarios(scenarios));
  print(json === true ? `${jsonText(lines, 2)}\n` : coverageText(lines));
}

function printRules(flags: RulesFlags): void {
  const listed = rules.map(({ id, severity, title, requirements, reference, remedy }) => ({
    id,
    severity,
    title,
    requirements,
    reference,
    references: referencesOf(id),
    remedy,
  }));
  if (flags.json === true) {
    print(`${jsonText(listed, 2)}\n`);
    return;
  }
  const width = Math.max(...listed.map(({ id }) => id.length));
  for (const { id, severity, title, requirements, reference } of listed) {
    const cited = [...requirements, reference].join(", ");
    print(`${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}  [${cited}]\n`);
  }
}
