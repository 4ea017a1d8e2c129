import type { Token } from "../artifact.ts";
import type { FoundDecoded, FoundToken } from "../find/found-artifact.ts";
import { type TokenKind, tokenKindsOf } from "../find/token-kind.ts";
import { policies, type PolicyName } from "../policies.ts";
import type { Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { readSignedOrDecoded } from "../read/jwt-decoded.ts";
import { audiences } from "../rules/token/values.ts";
import { PARTNER_CENTER_AUDIENCES } from "../vocabulary/partner-center.ts";
import type { PlausibleReading } from "./plausible-reading.ts";

/** The reader of each kind of token. */
const POLICY_OF: Readonly<Record<TokenKind, PolicyName>> = {
  "id-token": "oidc",
  "access-token": "partner-api",
  "eam-token": "entra-eam",
};

/** Every reading of a token that its claims leave open. */
export async function tokenReadings(
  found: FoundToken | FoundDecoded,
  known: Partial<Policy>,
): Promise<readonly PlausibleReading[]> {
  const { artifact, unverified } = await readSignedOrDecoded(found.artifact, { ...policies.oidc, ...known });
  const token = artifact ?? unverified;
  return kindsOf(found, token).flatMap((kind) => readingsAs(kind, token, known));
}

/** An encrypted token tells what it is only after it was opened. */
function kindsOf(
  { kind, kinds = [kind] }: FoundToken | FoundDecoded,
  token: Token | undefined,
): readonly TokenKind[] {
  if (token === undefined) return kinds;
  const inside = tokenKindsOf(token);
  const left = inside.filter((kind) => kinds.includes(kind));
  return left.length === 0 ? kinds : left;
}

function readingsAs(
  kind: TokenKind,
  token: Token | undefined,
  known: Partial<Policy>,
): readonly PlausibleReading[] {
  const policy = POLICY_OF[kind];
  const reading = { artifact: kind, policy, option: optionFor(kind, policy, known) };
  const found = audiences(token?.claims.aud);
  const isOpen = kind === "access-token" && known.audiences === undefined && found !== undefined;
  if (!isOpen) return [reading];
  const forPartnerCenter = { ...reading, audiences: PARTNER_CENTER_AUDIENCES };
  if (found.some((audience) => PARTNER_CENTER_AUDIENCES.includes(audience))) return [forPartnerCenter];
  // An access token is for one API. That it is for Partner Center nobody said, and its audience says otherwise.
  const option = `${reading.option} --audience ${quote(found[0])}`;
  return [forPartnerCenter, { ...reading, audiences: "any", option }];
}

/** A complete policy names no kind of token: then the kind does. */
function optionFor(kind: TokenKind, policy: PolicyName, { mfa }: Partial<Policy>): string {
  return mfa === undefined ? `--policy ${policy}` : `--kind ${kind}`;
}
