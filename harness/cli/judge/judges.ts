import {
  type ArtifactKind,
  type FoundArtifact,
  judgeAccessToken,
  judgeEamToken,
  judgeIdToken,
  judgeSamlResponse,
  judgeWsFedResponse,
  type Policy,
  type PolicyName,
  type Verdict,
} from "../../../src/index.ts";

/** The ready-made policy for each kind of artifact when none is asked for. */
export const FITTING_POLICY: Readonly<Record<ArtifactKind, PolicyName>> = {
  "id-token": "oidc",
  "access-token": "partner-api",
  "eam-token": "entra-eam",
  "saml-response": "entra-saml",
  "ws-fed-response": "entra-wsfed",
};

type TokenKind = "access-token" | "id-token" | "eam-token";

/** The kind of artifact that a policy is for; `strict` is for all. */
const KIND_OF_POLICY: Readonly<Record<PolicyName, ArtifactKind | undefined>> = {
  strict: undefined,
  oidc: "id-token",
  "partner-api": "access-token",
  "entra-eam": "eam-token",
  "entra-saml": "saml-response",
  "saml-attribute": "saml-response",
  "refeds-mfa": "saml-response",
  "entra-wsfed": "ws-fed-response",
};

/**
 * Which of the artifacts a policy reads. What kind a token is was only guessed: when none is of the policy's kind, it
 * reads every token.
 */
export function readableBy(base: PolicyName, found: readonly FoundArtifact[]): readonly FoundArtifact[] {
  const kind = KIND_OF_POLICY[base];
  if (kind === undefined) return found;
  const exact = found.filter((artifact) => artifact.kind === kind);
  return exact.length > 0 || !isToken(kind) ? exact : found.filter((artifact) => isToken(artifact.kind));
}

/** Judges an artifact as the kind that the policy is for. */
export async function judgeFound(
  found: FoundArtifact,
  base: PolicyName,
  policy: Policy,
  now: number,
): Promise<Verdict> {
  if (found.kind === "saml-response") return await judgeSamlResponse(found.artifact, policy, now);
  if (found.kind === "ws-fed-response") return await judgeWsFedResponse(found.artifact, policy, now);
  const kind = KIND_OF_POLICY[base] ?? found.kind;
  const judge = { "id-token": judgeIdToken, "access-token": judgeAccessToken, "eam-token": judgeEamToken };
  return await judge[isToken(kind) ? kind : found.kind](found.artifact, policy, now);
}

function isToken(kind: ArtifactKind): kind is TokenKind {
  return kind === "access-token" || kind === "id-token" || kind === "eam-token";
}
