import { NOW } from "../../support/tokens.ts";
import type { Break, Breaks } from "./break.ts";

const aged = { maxAuthAgeSeconds: 600 };
const late = NOW - 10_000;
const ahead = NOW + 10_000;
/** One time of a SAML sample, by the name of its attribute, changed. */
const at = (name: string, time: string): Pick<Break, "edit"> => ({
  edit: [new RegExp(` ${name}="[^"]*"`), ` ${name}="${time}"`],
});
const PAST = "2026-11-20T06:00:00Z";
const AHEAD = "2026-11-20T18:00:00Z";

const SOON = "2026-11-20T12:00:00Z";
/** Conditions that hold no instant. */
const EMPTY: Break = {
  edit: [/NotBefore="[^"]*" NotOnOrAfter="[^"]*"/, `NotBefore="${SOON}" NotOnOrAfter="${SOON}"`],
};

/** How to break each requirement of times. */
export const TIME_BREAKS: Readonly<Record<string, Breaks>> = {
  "Its times can be read": {
    oidc: [{ claims: { iat: "1" } }, { claims: { auth_time: "1" } }],
    "partner-api": [{ claims: { nbf: "1" } }],
    saml: [at("NotBefore", "x"), at("AuthnInstant", "x"), at("SessionNotOnOrAfter", "x")],
    wsfed: [
      at("NotBefore", "x"),
      at("AuthenticationInstant", "x"),
      { ...at("AuthnInstant", "x"), saml2: true },
      { ...at("SessionNotOnOrAfter", "x"), saml2: true },
    ],
    eam: [{ claims: { exp: "1" } }, { claims: { auth_time: "1" } }],
  },
  "It has not ended, nor has the session that it began": {
    oidc: [{ claims: { exp: late } }],
    "partner-api": [{ claims: { exp: late } }],
    saml: [at("NotOnOrAfter", PAST), at("SessionNotOnOrAfter", PAST)],
    wsfed: [
      at("NotOnOrAfter", PAST),
      { ...at("NotOnOrAfter", PAST), saml2: true },
      { ...at("SessionNotOnOrAfter", PAST), saml2: true },
    ],
    eam: [{ claims: { exp: late } }],
  },
  "It is valid already": {
    oidc: [{ claims: { nbf: ahead } }],
    "partner-api": [{ claims: { nbf: ahead } }],
    saml: [at("NotBefore", AHEAD)],
    wsfed: [at("NotBefore", AHEAD), { ...at("NotBefore", AHEAD), saml2: true }],
    eam: [{ claims: { nbf: ahead } }],
  },
  "There is a time at which it is valid": {
    oidc: [{ claims: { nbf: NOW, exp: NOW } }],
    "partner-api": [{ claims: { nbf: NOW, exp: NOW } }],
    saml: [EMPTY, { edit: ["NotOnOrAfter", `NotBefore="${SOON}" NotOnOrAfter="${SOON}" Other`] }],
    wsfed: [EMPTY, { ...EMPTY, saml2: true }],
    eam: [{ claims: { nbf: NOW, exp: NOW } }],
  },
  "It was not issued in the future": {
    oidc: [{ claims: { iat: ahead } }],
    "partner-api": [{ claims: { iat: ahead } }],
    saml: [at("IssueInstant", AHEAD)],
    wsfed: [at("IssueInstant", AHEAD), { ...at("IssueInstant", AHEAD), saml2: true }],
    eam: [{ claims: { iat: ahead } }],
  },
  "The sign-in does not lie in the future": {
    oidc: [{ claims: { auth_time: ahead } }],
    "partner-api": [{ claims: { auth_time: ahead } }],
    saml: [at("AuthnInstant", AHEAD)],
    wsfed: [at("AuthenticationInstant", AHEAD), { ...at("AuthnInstant", AHEAD), saml2: true }],
    eam: [{ claims: { auth_time: ahead } }],
  },
  "The sign-in is of a time at which there was one": {
    oidc: [{ claims: { auth_time: 0 } }],
    "partner-api": [{ claims: { auth_time: 0 } }],
    eam: [{ claims: { auth_time: 0 } }],
  },
  "It says when the user signed in, where an age is asked for": {
    oidc: [{ claims: { auth_time: undefined }, policy: aged }],
    "partner-api": [{ policy: aged }],
    saml: [
      { edit: [/ AuthnInstant="[^"]*"/, ""], policy: aged },
      { edit: [/<saml:AuthnStatement[\s\S]*<\/saml:AuthnStatement>/, ""], policy: aged },
    ],
    wsfed: [
      { edit: [/ AuthenticationInstant="[^"]*"/, ""], policy: aged },
      { edit: [/ AuthnInstant="[^"]*"/, ""], policy: aged, saml2: true },
    ],
  },
  "The sign-in that did the MFA is recent enough": {
    oidc: [{ claims: { auth_time: late }, policy: aged }],
    "partner-api": [{ claims: { auth_time: late }, policy: aged }],
    saml: [{ ...at("AuthnInstant", PAST), policy: aged }],
    wsfed: [
      { ...at("AuthenticationInstant", PAST), policy: aged },
      { ...at("AuthnInstant", PAST), policy: aged, saml2: true },
    ],
  },
};
