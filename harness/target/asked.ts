import type { Channel } from "../emission/channels.ts";
import type { IssueRequest } from "../idp/issue-request.ts";
import type { Scenario } from "../scenario/schema.ts";

type Asked = Omit<IssueRequest, "user" | "now">;

/** What a partner app of each channel would have asked for; fixed, as nothing is sent. */
const ASKED: Readonly<Record<Channel, Asked>> = {
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

/** What a target may say to be asked for in its own words. */
export interface OwnWords {
  readonly audience?: string | undefined;
  readonly nonce?: string | undefined;
  readonly requestId?: string | undefined;
  readonly assertionConsumerService?: string | undefined;
}

/**
 * What is asked for a target.
 *
 * @param own the target's own words; a channel that knows no nonce stays without one
 * @param wanted what a scenario asks for in place of the usual
 */
export function askedOf(channel: Channel, own: OwnWords, wanted: Scenario["asked"]): Asked {
  const said = Object.entries(own).filter(([name, value]) => value !== undefined && name in ASKED[channel]);
  const usual: Asked = { ...ASKED[channel], ...Object.fromEntries(said) };
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
