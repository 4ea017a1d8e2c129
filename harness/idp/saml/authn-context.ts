import type { Emission } from "../../emission/emission.ts";
import { strengthOf, trueClasses } from "./context-classes.ts";
import type { AuthnRequest } from "./request.ts";

/** The part of a request that says how the person has to be authenticated. */
export type RequestedContext = Pick<AuthnRequest, "comparison" | "classRefs" | "declRefs">;

/** What an emission says about how the person was authenticated, or that it cannot say what was asked for. */
export type StatedContext =
  | { readonly kind: "own" }
  | { readonly kind: "class"; readonly classRef: string }
  | { readonly kind: "unsatisfiable" };

const OWN: StatedContext = { kind: "own" };
const STATEMENT = "/samlResponse/assertion/authnStatement";

/** An emission whose patches write the class, or all that it stands in, says what they write, whatever was asked. */
function writesClass({ patch }: Emission): boolean {
  return patch.some(
    ({ path }) => `${STATEMENT}/classRef/`.startsWith(`${path}/`) || path === `${STATEMENT}/content`,
  );
}

/** Whether a class of this strength is what the comparison wants of classes that are that strong. */
const COMPARISONS: ReadonlyMap<string, (strength: number, asked: readonly number[]) => boolean> = new Map([
  ["minimum", (strength, asked) => asked.some((other) => strength >= other)],
  ["maximum", (strength, asked) => asked.some((other) => strength <= other)],
  ["better", (strength, asked) => asked.length > 0 && asked.every((other) => strength > other)],
]);

function known(classRefs: readonly string[]): readonly number[] {
  return classRefs.flatMap((classRef) => strengthOf(classRef) ?? []);
}

/** The strongest class that fits; among equally strong ones what was asked for by name, then what is stated unasked. */
function strongest(fitting: readonly string[], asked: readonly string[]): string | undefined {
  const rank = (classRef: string): number =>
    (strengthOf(classRef) ?? 0) + (asked.includes(classRef) ? 0.5 : 0);
  return fitting.toSorted((one, other) => rank(other) - rank(one))[0];
}

function classFor(
  { comparison = "exact", classRefs }: RequestedContext,
  possible: readonly string[],
): string | undefined {
  if (comparison === "exact") return classRefs.find((classRef) => possible.includes(classRef));
  const asked = known(classRefs);
  const compare = COMPARISONS.get(comparison);
  const fitting = possible.filter((classRef) => compare?.(strengthOf(classRef) ?? 0, asked));
  return strongest(fitting, classRefs);
}

/**
 * Decides which context class an emission states to a request. The profile may state any class that is true of its
 * sign-in; declarations are not known here at all.
 *
 * @see SAML core §3.3.2.2.1
 */
export function statedContext(asked: RequestedContext | undefined, emission: Emission): StatedContext {
  if (asked === undefined || emission.ignore.includes("RequestedAuthnContext")) return OWN;
  const { classRefs, declRefs } = asked;
  if ((classRefs.length === 0 && declRefs.length === 0) || writesClass(emission)) return OWN;
  if (declRefs.length > 0) return { kind: "unsatisfiable" };
  const classRef = classFor(asked, trueClasses(emission.profile));
  return classRef === undefined ? { kind: "unsatisfiable" } : { kind: "class", classRef };
}
