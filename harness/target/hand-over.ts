import type { Channel } from "../emission/channels.ts";
import { HarnessError } from "../errors.ts";
import type { IssuedArtifact } from "../idp/issued.ts";
import type { IdpTrust, MockIdp, PublishedKeys } from "../idp/mock-idp.ts";
import { askedOf, type OwnWords } from "./asked.ts";
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

/** A target to which artifacts are handed over and which says what it makes of them. */
export interface HandOverOptions {
  readonly name: string;
  readonly channels: readonly Channel[];
  readonly idp: MockIdp;
  /** What artifacts are made for; absent: what fits each channel. */
  readonly asked?: OwnWords | undefined;
  readonly decide: (artifact: string, facts: ReaderFacts, signal: AbortSignal) => Promise<Settled>;
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
      const { decision, signals } = await decide(issued.artifact, factsOf(issued, idp.trust), signal);
      // Whoever is handed an artifact has nothing else to do but to decide.
      if (decision === undefined) throw undecided(name, signals);
      return { decision, signals, exchanges: [], issued };
    },
  };
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
