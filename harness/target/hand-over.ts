import type { Channel } from "../emission/channels.ts";
import { HarnessError } from "../errors.ts";
import type { IssuedArtifact } from "../idp/issued.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { PublishedKeys } from "../idp/published-keys.ts";
import type { IdpTrust } from "../idp/trust.ts";
import { askedOf, type OwnWords } from "./asked.ts";
import type { NamedPlace } from "./definition/handed-over.ts";
import { readNamedUser } from "./named-user.ts";
import type { Confidence } from "./observation.ts";
import type { SeenDecision } from "./read-decision.ts";
import type { Settled } from "./settle.ts";
import type { Target } from "./target.ts";

/** What whoever reads an artifact knows beforehand: whom to trust, and what was asked. */
export interface ReaderFacts {
  readonly channel: Channel;
  /** The only issuer to be trusted. */
  readonly issuer: string;
  /** Its keys, for tokens. */
  readonly jwks: PublishedKeys;
  /** Its certificate as PEM, for XML. */
  readonly certificate: string;
  readonly audience: string;
  readonly nonce?: string;
  readonly requestId?: string;
  readonly assertionConsumerService?: string;
  /** When the artifact was issued, seconds since the epoch. */
  readonly now: number;
}

/** What a target makes of an artifact, and what it answered. */
export interface Answered extends Settled {
  readonly text?: string;
  /** Absent: it was told outright. */
  readonly confidence?: Confidence;
}

/** A target to which artifacts are handed over and which says what it makes of them. */
export interface HandOverOptions {
  readonly name: string;
  readonly channels: readonly Channel[];
  readonly idp: MockIdp;
  /** What artifacts are made for; absent: what fits each channel. */
  readonly asked?: OwnWords | undefined;
  readonly decide: (artifact: string, facts: ReaderFacts, signal: AbortSignal) => Promise<Answered>;
  /** Where its answer names the user; absent: nowhere. */
  readonly signedIn?: NamedPlace | undefined;
}

/** Makes a target that reads artifacts without any sign-in. */
export function handOverTarget(options: HandOverOptions): Target {
  const { name, channels, idp, asked = {}, decide } = options;
  return {
    name,
    channels,
    transports: ["direct"],
    observe: async ({ emission, user, signal, course }) => {
      signal.throwIfAborted();
      const now = Math.floor(Date.now() / 1000);
      const made = askedOf(emission.channel, asked, course?.asked);
      const issued = await idp.issue(emission, { ...made, user, now });
      const answered = await decide(issued.artifact, factsOf(issued, idp.trust), signal);
      const seen = withUser(answered, options, issued.signedName ?? user);
      // Whoever is handed an artifact has nothing else to do but to decide.
      if (seen.decision === undefined) throw undecided(name, seen.signals);
      return { ...seen, exchanges: [], issued };
    },
  };
}

/** An answer that is to name the user and names nobody lets nobody in. */
function withUser(
  { decision, signals, text = "", ...sure }: Answered,
  { signedIn }: HandOverOptions,
  user: string,
): SeenDecision {
  if (signedIn === undefined) return { decision, signals, ...sure };
  const { as, signal } = readNamedUser(text, signedIn, user);
  const told = decision === "accept" && as === "nobody" ? undefined : decision;
  return { decision: told, signals: [...signals, signal], ...(as === undefined ? {} : { as }), ...sure };
}

function undecided(name: string, signals: readonly string[]): HarnessError {
  return new HarnessError(
    "ERR_TARGET_UNREACHABLE",
    `${name} did not decide: ${signals.join("; ")}`,
    "Let it say accept, refuse or challenge in one of the ways that mfa-harness.yaml names.",
  );
}

const ISSUER: Readonly<Record<Channel, (trust: IdpTrust) => string>> = {
  oidc: ({ oidcIssuer }) => oidcIssuer,
  "partner-api": ({ oidcIssuer }) => oidcIssuer,
  saml: ({ samlEntityId }) => samlEntityId,
  wsfed: ({ wsFedIssuer }) => wsFedIssuer,
  eam: ({ eamIssuer }) => eamIssuer,
};

function factsOf(issued: IssuedArtifact, trust: IdpTrust): ReaderFacts {
  const { channel, audience, nonce, requestId, assertionConsumerService, at } = issued;
  return {
    channel,
    issuer: ISSUER[channel](trust),
    jwks: channel === "eam" ? trust.eamJwks : trust.jwks,
    certificate: trust.samlCertificate,
    audience,
    ...(nonce === undefined ? {} : { nonce }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(assertionConsumerService === undefined ? {} : { assertionConsumerService }),
    now: at,
  };
}
