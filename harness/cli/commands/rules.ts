import { rules } from "../../../src/index.ts";
import { print } from "../terminal.ts";

/** Flags of `mfa-harness rules`, as parsed. */
export interface RulesFlags {
  readonly json?: boolean;
}

/** `mfa-harness rules`: every rule, one line each, or as JSON with all that is known of it. */
export function rulesCommand(flags: RulesFlags): void {
  const listed = rules.map(({ id, severity, title, requirements, reference, remedy }) => ({
    id,
    severity,
    title,
    requirements,
    reference,
    remedy,
  }));
  if (flags.json === true) {
    print(`${JSON.stringify(listed, undefined, 2)}\n`);
    return;
  }
  const width = Math.max(...listed.map(({ id }) => id.length));
  for (const { id, severity, title, requirements, reference } of listed) {
    const cited = [...requirements, reference].join(", ");
    print(`${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}  [${cited}]\n`);
  }
}
