import type { z } from "zod";

/** One place where a value breaks its schema. */
export interface SchemaProblem {
  /** JSON Pointer into what was given; empty: the whole of it. */
  readonly place: string;
  /** What stands there, as JSON, shortened; undefined: nothing. */
  readonly found: string | undefined;
  /** What should stand there. */
  readonly expected: string;
}

const SHOWN = 80;

function memberOf(value: unknown, name: PropertyKey): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  const member: unknown = Reflect.get(value, name);
  return member;
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function shown(value: unknown): string | undefined {
  const text = JSON.stringify(value);
  return text === undefined || text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}

/** A member that nobody knows is reported at its parent; the person wants the member itself. */
function pathsOf(issue: z.core.$ZodIssue): readonly (readonly PropertyKey[])[] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

/** Lists everything that is wrong with a value: where, what was found, what was expected. */
export function problemsIn(error: z.core.$ZodError, value: unknown): readonly SchemaProblem[] {
  return error.issues.flatMap((issue) =>
    pathsOf(issue).map((path) => ({
      place: pointer(path),
      found: shown(path.reduce(memberOf, value)),
      expected: issue.message,
    })),
  );
}
