import type { SamlResponse, WsFedResponse } from "../artifact.ts";
import { policies, type PolicyName } from "../policies.ts";
import type { Policy } from "../policy.ts";
import type { MfaStatement } from "../rules/assertion/mfa-statement.ts";
import { mfaStatements as samlStatements } from "../rules/saml/mfa-statements.ts";
import { mfaStatements as wsFedStatements } from "../rules/wsfed/mfa-statements.ts";
import { passedThrough } from "../rules/wsfed/passed-through.ts";
import type { SeenMfa } from "../seen-mfa.ts";

/** Readers of SAML 2.0 responses, each known by where it looks. */
const SAML_READERS: readonly PolicyName[] = ["entra-saml", "saml-attribute", "refeds-mfa"];
const WSFED_READERS: readonly PolicyName[] = ["entra-wsfed"];

/** Reads the same values, in the same order, as the reader of a policy takes them. */
type Read = (policy: Policy) => readonly MfaStatement[];

/** Every value of a response that says MFA to some reader or to the policy's own, and which readers see it. */
export function samlSeenBy({ assertion }: SamlResponse, policy: Policy): readonly SeenMfa[] {
  if (assertion === undefined) return [];
  const read: Read = (reader) => samlStatements(assertion, reader);
  return seenBy(read, [policies["saml-any"], policy], SAML_READERS);
}

/** Every value of a token that says MFA to some reader or to the policy's own, and which readers see it. */
export function wsFedSeenBy(response: WsFedResponse, policy: Policy): readonly SeenMfa[] {
  const read: Read = (reader) => wsFedStatements(response, reader);
  const contested = passedThrough(response, policies["entra-wsfed"]).map(({ at }) => at);
  return seenBy(read, [policies["wsfed-any"], policy], WSFED_READERS).map((seen) => {
    return contested.includes(seen.at) ? { ...seen, otherReaders: [], contested: WSFED_READERS } : seen;
  });
}

function seenBy(read: Read, general: readonly Policy[], names: readonly PolicyName[]): readonly SeenMfa[] {
  const [ofAny = [], ofPolicy = []] = general.map(read);
  const ofReaders = names.map((name) => ({ name, statements: read(policies[name]) }));
  return ofAny.flatMap(({ at, place, value, known }, index) => {
    const isSeen = ({ statements }: (typeof ofReaders)[number]): boolean => sees(statements[index]);
    const readers = ofReaders.filter(isSeen).map(({ name }) => name);
    if (!known && readers.length === 0 && !sees(ofPolicy[index])) return [];
    const otherReaders = names.filter((name) => !readers.includes(name));
    return [{ at, place, value, readers, otherReaders }];
  });
}

function sees(statement: MfaStatement | undefined): boolean {
  return statement?.read === true && statement.accepted;
}
