import type { Policy, TrustedIssuer } from "../policy.ts";
import type { Obstacle } from "./reading.ts";
import { keyRing } from "./saml-keys.ts";
import type { PlacedSignature } from "./saml-structure.ts";
import { keyInfoCertificates, pemOf, thumbprint, thumbprintsOf } from "./saml-thumbprints.ts";
import { withoutFormatting } from "./saml-white-space.ts";

/** Whether a signature holds under a policy; what it covers is of no interest here. */
export type Holds = (placed: PlacedSignature, policy: Policy) => Promise<boolean>;

/** A signature that does not hold, and all that was at hand when it was tried. */
interface Failure {
  readonly placed: PlacedSignature;
  /** Issuer that the message claims. */
  readonly issuer: string | undefined;
  readonly policy: Policy;
  readonly holds: Holds;
  readonly obstacle: Obstacle;
}

const MAX_SHOWN = 3;
const FORMATTED_FIX =
  "Send the message as it was signed: switch off indentation after signing, and judge what was received, not a copy that an editor, a viewer or a log formatted.";
const ROLLED_FIX =
  "If the identity provider has rolled its certificate over, fetch its current metadata and trust the certificate that stands there, never one from a message; else sign with the trusted key.";
const CHANGED_FIX =
  "Send the message as it was signed: the certificate is the trusted one, so SignedInfo or the signature value was changed afterwards.";

/**
 * Finds out whether a signature fails because of white space that was added after signing, where that can be shown.
 * It never makes the signature any better.
 *
 * @returns the obstacle with the reason; undefined where nothing can be shown
 */
export async function explainFailure({
  placed,
  policy,
  holds,
  obstacle,
}: Failure): Promise<Obstacle | undefined> {
  for (const before of withoutFormatting(placed)) {
    // One at a time: mostly the first one tells.
    if (!(await holds(before, policy))) continue;
    const why = "it holds with the white space between elements taken out, so that was added after signing";
    return { ...obstacle, message: `${obstacle.message}; ${why}`, fix: FORMATTED_FIX };
  }
  return undefined;
}

/** The same for a signature that no key verifies, where the certificate may have been rolled over, too. */
export async function explainKeyFailure(failure: Failure): Promise<Obstacle | undefined> {
  const formatted = await explainFailure(failure);
  if (formatted !== undefined) return formatted;
  const { placed, issuer, policy, holds, obstacle } = failure;
  const { own, foreign } = keyRing(policy, issuer);
  const [certificate = ""] = keyInfoCertificates(placed.signature);
  const found = await thumbprint(certificate);
  if (found === undefined) return undefined;
  const trusted = await thumbprintsOf([...own, ...foreign]);
  if (trusted.includes(found)) {
    const message = `${obstacle.message}, although KeyInfo holds the trusted certificate, thumbprint ${found}`;
    return { ...obstacle, message, fix: CHANGED_FIX };
  }
  const held = (await holds(placed, trusting(certificate, policy))) ? ", with which it does verify" : "";
  const shown = trusted.slice(0, MAX_SHOWN).join(", ");
  const against = shown === "" ? "the trusted keys came without a certificate" : `trusted is ${shown}`;
  const message = `${obstacle.message}; KeyInfo, which proves nothing, holds another certificate, thumbprint ${found}${held}; ${against}`;
  return { ...obstacle, message, fix: ROLLED_FIX };
}

/** A policy that trusts the certificate of the message alone: to say what it is, never to judge by. */
function trusting(certificate: string, policy: Policy): Policy {
  const issuer: TrustedIssuer = { certificates: [pemOf(certificate)] };
  return { ...policy, issuers: [issuer] };
}
