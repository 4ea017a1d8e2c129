import type { Channel } from "../emission/channels.ts";
import type { IssueRequest, MockIdp } from "../idp/mock-idp.ts";
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
    observe: async ({ emission, user, signal }) => {
      signal.throwIfAborted();
      const issued = await idp.issue(emission, { ...ASKED[emission.channel], user, now: now() });
      return { decision: undefined, signals: ["handed over, not shown to anybody"], exchanges: [], issued };
    },
  };
}

function wholeSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
