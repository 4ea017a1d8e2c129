import {
  type ArtifactKind,
  type FoundArtifact,
  judgeAccessToken,
  judgeEamToken,
  judgeFound,
  judgeIdToken,
  judgeSamlResponse,
  judgeWsFedResponse,
  type Policy,
  type PolicyName,
  type TokenKind,
  type Verdict,
} from "../../../src/index.ts";

/** The kind of artifact that a policy is for; `strict` is for all. */
export const KIND_OF_POLICY: Readonly<Record<PolicyName, ArtifactKind | undefined>> = {
  strict: undefined,
  oidc: "id-token",
  "partner-api": "access-token",
  "entra-eam": "eam-token",
  "entra-saml": "saml-response",
  "saml-attribute": "saml-response",
  "refeds-mfa": "saml-response",
  "saml-any": "saml-response",
  "entra-wsfed": "ws-fed-response",
  "wsfed-any": "ws-fed-response",
};

/**
 * Which of the artifacts are of a kind; undefined asks for all. What kind a token is was only guessed: when none may be
 * of the kind that is asked for, every token is taken for one.
 */
export function readableAs(
  kind: ArtifactKind | undefined,
  found: readonly FoundArtifact[],
): readonly FoundArtifact[] {
  if (kind === undefined) return found;
  const exact = found.filter((artifact) => mayBe(artifact, kind));
  return exact.length > 0 || !isToken(kind) ? exact : found.filter((artifact) => isToken(artifact.kind));
}

function mayBe(artifact: FoundArtifact, kind: ArtifactKind): boolean {
  const kinds: readonly ArtifactKind[] = ("kinds" in artifact ? artifact.kinds : undefined) ?? [
    artifact.kind,
  ];
  return kinds.includes(kind);
}

/** Judges an artifact: as the kind that is asked for, by a policy of it; else by every reader that it may be for. */
export async function judgeAsAsked(
  found: FoundArtifact,
  kind: ArtifactKind | undefined,
  policy: Policy | Partial<Policy>,
  now: number,
): Promise<Verdict> {
  if (!isWhole(policy)) return await judgeFound(asNamed(found, kind), policy, now);
  if (found.kind === "saml-response") return await judgeSamlResponse(found.artifact, policy, now);
  if (found.kind === "ws-fed-response") return await judgeWsFedResponse(found.artifact, policy, now);
  return kind === undefined || !isToken(kind)
    ? await judgeFound(found, policy, now)
    : await judges[kind](found.artifact, policy, now);
}

/** What is found, when somebody said which kind of token it is. */
function asNamed(found: FoundArtifact, kind: ArtifactKind | undefined): FoundArtifact {
  if (kind === undefined || !isToken(kind)) return found;
  if (found.kind === "saml-response" || found.kind === "ws-fed-response") return found;
  const { artifact, at } = found;
  return typeof artifact === "string" ? { kind, artifact, at } : { kind, artifact, at };
}

const judges = { "id-token": judgeIdToken, "access-token": judgeAccessToken, "eam-token": judgeEamToken };

/** Whether a policy says itself what MFA is, so that it was asked for and not chosen. */
function isWhole(policy: Policy | Partial<Policy>): policy is Policy {
  return policy.mfa !== undefined;
}

function isToken(kind: ArtifactKind): kind is TokenKind {
  return kind === "access-token" || kind === "id-token" || kind === "eam-token";
}
