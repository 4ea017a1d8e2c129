import { SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import type { Request } from "express";
import * as client from "openid-client";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";

/** Somebody whom an answer of the IdP names. */
export interface Person {
  readonly user: string;
  readonly hasMfa: boolean;
}

/** How an app of the zoo signs people in. */
export interface Federation {
  readonly begin: () => Promise<string>;
  /** Takes the IdP's answer; throws when it is not believed. */
  readonly finish: (request: Request) => Promise<Person>;
}

/** Whether an app believes only what is signed for it, or whatever it gets. */
export type Care = "correct" | "fooled";

/** What an app checks of an answer. */
export interface Checks {
  readonly care: Care;
  /** Whether it checks who signed a token that comes by the back channel. */
  readonly signature: "checked" | "unchecked";
}

/** Whether somebody gave up at the IdP; in SAML it is the answer itself that says so. */
export function gaveUp({ body, query }: Request): boolean {
  const given: unknown = body;
  const { SAMLResponse: answer } = { SAMLResponse: "", ...(typeof given === "object" ? given : {}) };
  return query["error"] !== undefined || Buffer.from(answer, "base64").includes(":AuthnFailed");
}

/** Opens the federation of an app that lives at `origin`. */
export type OpenFederation = (idp: MockIdp, origin: string, checks: Checks) => Promise<Federation>;

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const text = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  const claims: unknown = JSON.parse(text);
  return typeof claims === "object" ? { ...claims } : {};
}

function personOf({ email, amr }: Readonly<Record<string, unknown>>): Person {
  return { user: String(email), hasMfa: Array.isArray(amr) && amr.includes("mfa") };
}

/** OpenID Connect by openid-client; whoever is fooled redeems the code by hand and checks nothing. */
export const openOidc: OpenFederation = async (mock, origin, { care, signature }) => {
  const redirectUri = `${origin}/callback`;
  const issuer = new URL(mock.trust.oidcIssuer);
  const idp = await client.discovery(issuer, "zoo", undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  if (signature === "checked") client.enableNonRepudiationChecks(idp);
  const begun = new Map<string, { readonly nonce: string; readonly verifier: string }>();
  const begin = async (): Promise<string> => {
    const [state, nonce, verifier] = [
      client.randomState(),
      client.randomNonce(),
      client.randomPKCECodeVerifier(),
    ];
    begun.set(state, { nonce, verifier });
    const challenge = await client.calculatePKCECodeChallenge(verifier);
    return client.buildAuthorizationUrl(idp, {
      redirect_uri: redirectUri,
      scope: "openid email",
      state,
      nonce,
      code_challenge: challenge,
      code_challenge_method: "S256",
    }).href;
  };
  const finish = async (request: Request): Promise<Person> => {
    const url = new URL(request.originalUrl, origin);
    const state = url.searchParams.get("state") ?? "";
    const { nonce, verifier } = begun.get(state) ?? { nonce: "", verifier: "" };
    begun.delete(state);
    if (care === "fooled") return personOf(claimsOf(await redeem(idp, url, verifier)));
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
    const tokens = await client.authorizationCodeGrant(idp, url, checks);
    const person = personOf({ ...tokens.claims() });
    return person;
  };
  return { begin, finish };
};

async function redeem(idp: client.Configuration, url: URL, verifier: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    code: url.searchParams.get("code") ?? "",
    redirect_uri: `${url.origin}${url.pathname}`,
    client_id: "zoo",
    code_verifier: verifier,
  });
  const { token_endpoint: endpoint = "" } = idp.serverMetadata();
  const answer: unknown = await (await fetch(endpoint, { method: "POST", body })).json();
  const { id_token: token } = { id_token: "", ...(typeof answer === "object" ? answer : {}) };
  return token;
}

const MFA = "http://schemas.microsoft.com/claims/multipleauthn";

/** SAML 2.0 by node-saml; whoever is fooled takes the first name that stands in the text. */
export const openSaml: OpenFederation = (mock, origin, { care }) => {
  const saml = new SAML({
    entryPoint: `${mock.origin}/saml/sso`,
    idpCert: mock.trust.samlCertificate,
    issuer: `${origin}/metadata`,
    audience: `${origin}/metadata`,
    callbackUrl: `${origin}/acs`,
    validateInResponseTo: ValidateInResponseTo.always,
  });
  const begin = async (): Promise<string> => await saml.getAuthorizeUrlAsync("", undefined, {});
  const finish = async (request: Request): Promise<Person> => {
    const body: unknown = request.body;
    const { SAMLResponse: answer } = { SAMLResponse: "", ...(typeof body === "object" ? body : {}) };
    const xml = Buffer.from(answer, "base64").toString();
    if (care === "fooled") return { user: firstName(xml), hasMfa: xml.includes(MFA) };
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: answer });
    if (profile === null) throw new Error("nobody signed in");
    const methods = profile["http://schemas.microsoft.com/claims/authnmethodsreferences"];
    return { user: profile.nameID, hasMfa: [methods].flat().includes(MFA) };
  };
  return Promise.resolve({ begin, finish });
};

function firstName(xml: string): string {
  const name = /<(?:\w+:)?NameID[^>]*>([^<]+)</.exec(xml)?.[1];
  if (name === undefined) throw new Error("there is no name");
  return name;
}
