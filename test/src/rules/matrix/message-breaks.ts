import { ENTRA } from "./entra.ts";
import type { Break, Breaks } from "./break.ts";
import { API, CLIENT, ISSUER } from "../../support/tokens.ts";

const used = { replay: { has: () => true } };
const NAME_ID = /<saml:NameID .*<\/saml:NameID>/;
const conditions = (content: string) => ["</saml:Conditions>", `${content}</saml:Conditions>`] as const;
const UNKNOWN: Break = { edit: conditions('<x:Own xmlns:x="urn:x"/>') };
const ONCE: Break = { edit: conditions("<saml:OneTimeUse/>") };
const TWICE: Break = { edit: conditions("<saml:OneTimeUse/><saml:OneTimeUse/>") };
const FOR_ANOTHER: Break = {
  edit: ["<saml:NameID ", '<saml:NameID SPNameQualifier="https://other.example" '],
};
const AUDIENCE = /<saml:AudienceRestriction.*<\/saml:AudienceRestriction(?:Condition)?>/;
const OTHER_AUDIENCE: Break = { policy: { audiences: ["urn:other"] } };
const sts = "https://sts.windows.net/t-1/";

/** How to break each requirement of a message. */
export const MESSAGE_BREAKS: Readonly<Record<string, Breaks>> = {
  "It is of the kind and version that its reader reads": {
    oidc: [{ header: { typ: "at+jwt" } }],
    "partner-api": [
      { header: { typ: "logout+jwt" } },
      { claims: { ver: "2.0" } },
      { claims: { ver: undefined } },
    ],
    saml: [{ edit: ['Version="2.0"', 'Version="2.1"'] }],
    wsfed: [{ edit: ['MinorVersion="1"', 'MinorVersion="0"'] }],
    eam: [{ header: { typ: "at+jwt" } }],
  },
  "It says that the sign-in succeeded": {
    saml: [
      { edit: ["status:Success", "status:Responder"] },
      { edit: [/<saml:Assertion[\s\S]*<\/saml:Assertion>/, ""] },
    ],
  },
  "What must be there is there, in its right form": {
    oidc: [{ claims: { iat: undefined } }, { claims: { sub: 1 } }],
    "partner-api": [{ claims: { iss: undefined } }, { claims: { aud: 1 } }],
    saml: [{ edit: [/ ID="_assertion-1"/, ""] }],
    eam: [{ claims: { iat: undefined } }, { claims: { azp: [CLIENT] } }],
  },
  "A trusted issuer made it": {
    oidc: [{ claims: { iss: `${ISSUER}/` } }],
    "partner-api": [{ claims: { iss: `${ISSUER}/` } }],
    saml: [{ policy: { issuers: [{ issuer: "urn:other" }] } }],
    wsfed: [{ policy: { issuers: [{ issuer: "urn:other" }] } }],
    eam: [{ claims: { iss: `${ISSUER}:443` } }],
  },
  "Issuer and tenant belong together": {
    "partner-api": [{ claims: { iss: sts, tid: "t-2" }, policy: { issuers: [{ issuer: sts }] } }],
  },
  "It names an audience": { saml: [{ edit: [AUDIENCE, ""] }], wsfed: [{ edit: [AUDIENCE, ""] }] },
  "It is for this reader": {
    oidc: [OTHER_AUDIENCE],
    "partner-api": [OTHER_AUDIENCE],
    saml: [OTHER_AUDIENCE],
    wsfed: [OTHER_AUDIENCE],
    eam: [OTHER_AUDIENCE],
  },
  "It is for nobody else": {
    oidc: [{ claims: { aud: [CLIENT, API] } }],
    eam: [{ claims: { aud: [CLIENT, API] } }],
  },
  "It was issued to this reader": {
    oidc: [{ claims: { azp: "other" } }],
    eam: [{ claims: { azp: "other" } }],
  },
  "It was sent to this address": {
    saml: [{ policy: { assertionConsumerService: "https://other.example" } }],
    wsfed: [{ saml2: true, policy: { assertionConsumerService: "https://other.example" } }],
  },
  "It answers the request that was made": {
    oidc: [{ claims: { nonce: undefined } }, { claims: { nonce: "n-2" } }],
    saml: [{ policy: { requestId: "_other" } }],
    eam: [
      { claims: { nonce: undefined } },
      { claims: { nonce: "n-2" } },
      { policy: { eam: { acrValues: ["possessionorinherence"], state: "s-1" } } },
    ],
  },
  "Whoever brings it may use it": {
    saml: [{ edit: ["cm:bearer", "cm:holder-of-key"] }],
    wsfed: [
      { edit: ["cm:bearer", "cm:holder-of-key"] },
      { saml2: true, edit: ["cm:bearer", "cm:holder-of-key"] },
    ],
  },
  "It was not used before": {
    oidc: [{ claims: { jti: "j" }, policy: used }],
    "partner-api": [{ claims: { uti: "u" }, policy: used }],
    saml: [{ policy: used }],
    wsfed: [{ policy: used }, { saml2: true, policy: used }],
    eam: [{ claims: { jti: "j" }, policy: used }],
  },
  "Where it may be used once, that is kept count of": { saml: [ONCE], wsfed: [{ ...ONCE, saml2: true }] },
  "Its conditions are understood": {
    saml: [UNKNOWN, TWICE],
    wsfed: [UNKNOWN, { ...UNKNOWN, saml2: true }, { ...TWICE, saml2: true }],
  },
  "It names somebody": {
    saml: [{ edit: [NAME_ID, ""] }],
    wsfed: [
      { saml2: true, edit: [NAME_ID, ""] },
      { edit: [/<saml:NameIdentifier[^>]*>[^<]*<\/saml:NameIdentifier>/g, ""] },
    ],
  },
  "All of it is about the same person": { wsfed: [{ edit: ["aW1tdXRhYmxl", "bWFsbG9yeQ"] }] },
  "It is about the person that was asked about": { eam: [{ claims: { sub: "pairwise-2" } }] },
  "What was issued beside it is in its hashes": {
    oidc: [
      { policy: { responseType: "code id_token token" } },
      { claims: { at_hash: "x", c_hash: "y" }, beside: { atHash: "h", cHash: "c" } },
    ],
  },
  "All of it answers the same request": {
    saml: [{ edit: [' InResponseTo="_request-1"/>', ' InResponseTo="_other"/>'], unasked: true }],
  },
  "The name of the user is meant for this reader": {
    saml: [FOR_ANOTHER],
    wsfed: [{ ...FOR_ANOTHER, saml2: true }],
  },
  "The name of the user is one that every reader keeps": {
    oidc: [{ claims: { sub: "x".repeat(256) } }, { claims: { sub: "zoë" } }],
    eam: [{ claims: { sub: "x".repeat(256) } }, { claims: { sub: "zoë" } }],
  },
  "Its reader can find the user by the name": {
    saml: [
      { edit: ["nameid-format:persistent", "nameid-format:transient"], policy: ENTRA },
      { edit: [">alice<", ">a+b<"], policy: ENTRA },
      { policy: ENTRA },
    ],
  },
};
