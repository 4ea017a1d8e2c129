import type { Policy } from "../../policy.ts";
import { quote } from "../../quote.ts";
import type { Fault } from "../../rule.ts";
import type { MfaWord } from "../../vocabulary/mfa-words.ts";
import { resembles } from "./resembles.ts";

/** One value that may say MFA, and how the reader of the policy takes it. */
export interface MfaStatement {
  readonly at: string;
  /** The place in words. */
  readonly place: string;
  readonly value: string;
  /** Whether the reader looks there. */
  readonly read: boolean;
  /** Whether the value means MFA to the reader. */
  readonly accepted: boolean;
  /** Whether the value means MFA to this reader or to another one, in this place. */
  readonly known: boolean;
  /** What the value says about MFA to those who define it, in a place that names classes or methods. */
  readonly word: MfaWord | undefined;
}

/** Whether a policy says where a SAML message has to state MFA; otherwise no rule about it has anything to say. */
export function wantsMfa({ mfa }: Policy): boolean {
  return mfa.classRefs.length > 0 || mfa.attributes.length > 0;
}

/** Whether something says MFA where the reader looks, with the exact value. */
export function statesMfa(statements: readonly MfaStatement[]): boolean {
  return statements.some(({ read, accepted }) => read && accepted);
}

/** The places where MFA needs an exception, if third-party MFA is stated at all. */
export function exceptionNeeded(statements: readonly MfaStatement[]): readonly Fault[] {
  const message = "MFA of a third party is stated, for which an exception has to be granted";
  return statements.filter((statement) => statesMfa([statement])).map(({ at }) => ({ at, message }));
}

/** Values that mean MFA but stand where the reader does not look. */
export function isMisplaced({ read, known }: MfaStatement): boolean {
  return !read && known;
}

/** MFA that stands where the reader does not look, unless it stands where the reader looks, too. */
export function misplacedMfa(statements: readonly MfaStatement[], fix: string): readonly Fault[] {
  if (statesMfa(statements)) return [];
  return statements.filter(isMisplaced).map(({ at, place, value }) => {
    return { at, message: `${quote(value)} stands in ${quote(place)}, where MFA is not read`, fix };
  });
}

/**
 * What means MFA to another reader, unless this one finds a value of its own, too. What only resembles one of its own
 * is a slip of the pen, and another rule's business.
 */
export function mfaOfOtherReaders(
  statements: readonly MfaStatement[],
  policy: Policy,
  fix: string,
): readonly Fault[] {
  return inOtherWords(statements, policy)
    .filter(({ read, known, word }) => (read && known) || (!known && word?.says === "mfa"))
    .map(({ at, place, value, word }) => {
      const by = word === undefined ? "" : ` (${word.by})`;
      const message = `${quote(value)} in ${quote(place)} means MFA to another reader${by}; this one does not take it for MFA`;
      return { at, message, fix };
    });
}

/**
 * Levels and wordings that may include MFA, unless the reader finds a value of its own, too.
 *
 * @param whereRead what to send so that the reader sees MFA
 */
export function levelsUnread(
  statements: readonly MfaStatement[],
  policy: Policy,
  whereRead: string,
): readonly Fault[] {
  return inOtherWords(statements, policy)
    .filter(({ known, word }) => !known && word?.says === "maybe")
    .map(({ at, place, value, word }) => {
      const by = word?.by ?? "";
      const message = `${quote(value)} in ${quote(place)} may include MFA (${by}); this reader does not take it for MFA`;
      const fix = `Only the issuer can say whether this level takes two factors. ${whereRead}`;
      return { at, message, fix };
    });
}

function inOtherWords(statements: readonly MfaStatement[], { mfa }: Policy): readonly MfaStatement[] {
  if (statesMfa(statements)) return [];
  const own = [...mfa.classRefs, ...mfa.attributeValues];
  return statements.filter(({ read, value, known }) => known || !read || !resembles(value, own));
}
