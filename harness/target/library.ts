import type { Channel } from "../emission/channels.ts";
import type { IssueRequest, MockIdp } from "../idp/mock-idp.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Target } from "./target.ts";

/** What a partner app of each channel would have asked for; fixed, as nothing is sent. */
const ASKED: Readonly<Record<Channel, Omit<IssueRequest, "user" | "now">>> = {
  oidc: { audience: "library", nonce: "library-nonce" },
  "partner-api": { audience: "https://api.partnercenter.microsoft.com" },
  saml: {
    audience: "https://library.example/metadata",
    requestId: "_library-request",
    assertionConsumerService: "https://library.example/acs",
  },
  wsfed: {
    audience: "urn:federation:MicrosoftOnline",
    assertionConsumerService: "https://login.microsoftonline.com/login.srf",
  },
  eam: {
    audience: "library",
    nonce: "library-nonce",
    eam: {
      subject: "library-pairwise-subject",
      acrValues: ["possessionorinherence"],
      amrValues: "face fido fpt hwk iris otp pop retina sc sms swk tel vbm".split(" "),
      state: "library-state",
    },
  },
};

/**
 * The library as a target: the artifact is handed over as the IdP signed it, and the judge alone decides.
 *
 * @param idp signs the artifacts
 * @param now clock, seconds since the epoch
 */
export function libraryTarget(idp: MockIdp, now: () => number = wholeSeconds): Target {
  return {
    name: "library",
    channels: ["oidc", "partner-api", "saml", "wsfed", "eam"],
    transports: ["direct"],
    observe: async ({ emission, user, signal, course }) => {
      signal.throwIfAborted();
      const asked = askedOf(emission.channel, course?.asked);
      const issued = await idp.issue(emission, { ...asked, user, now: now() });
      return { decision: undefined, signals: ["handed over, not shown to anybody"], exchanges: [], issued };
    },
  };
}

type Asked = Omit<IssueRequest, "user" | "now">;

/** What a scenario asks for in place of the usual. */
function askedOf(channel: Channel, wanted: Scenario["asked"]): Asked {
  const usual = ASKED[channel];
  if (wanted === undefined) return usual;
  const { audience = usual.audience, acrValues, amrValues } = wanted;
  if (usual.eam === undefined) return { ...usual, audience };
  const eam = {
    ...usual.eam,
    acrValues: acrValues ?? usual.eam.acrValues,
    amrValues: amrValues ?? usual.eam.amrValues,
  };
  return { ...usual, audience, eam };
}

function wholeSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
