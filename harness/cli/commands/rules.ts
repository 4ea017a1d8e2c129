import { rules } from "../../../src/index.ts";
import { print } from "../terminal.ts";

/** `mfa-harness rules`: every rule, one line each, or as JSON with all that is known of it. */
export function rulesCommand(flags: { readonly json?: boolean }): void {
  const listed = rules.map(({ id, severity, title, requirements, reference, remedy }) => ({
    id,
    severity,
    title,
    requirements,
    reference,
    remedy,
  }));
  if (flags.json === true) return print(`${JSON.stringify(listed, undefined, 2)}\n`);
  const width = Math.max(...listed.map(({ id }) => id.length));
  for (const { id, severity, title, requirements, reference } of listed) {
    const cited = [...requirements, reference].join(", ");
    print(`${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}  [${cited}]\n`);
  }
}
