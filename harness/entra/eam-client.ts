import { SignJWT } from "jose";
import { parse } from "node-html-parser";
import { z } from "zod";
import type { EntraStandIn } from "../idp/eam/stand-in.ts";

/** A person whom Entra has signed in with the first factor. */
export interface EntraUser {
  /** Pairwise: what the provider knows the person by. */
  readonly subject: string;
  readonly objectId: string;
  readonly username: string;
}

/** One request for a second factor. */
export interface EamOrder {
  readonly user: EntraUser;
  readonly redirectUri: string;
  readonly nonce: string;
  /** Absent: none is sent. */
  readonly state?: string;
  readonly acrValues: readonly string[];
  readonly amrValues: readonly string[];
  /** Seconds since the epoch. */
  readonly now: number;
}

/** Names and values of a form. */
export type FormFields = Readonly<Record<string, string>>;

/** What a provider shows: a page, and the form on it if it has one. */
export interface ProviderPage {
  readonly status: number;
  readonly html: string;
  readonly form:
    | {
        /** `sign-in` where a person is asked, `post` where the answer goes back. */
        readonly kind: string | undefined;
        readonly action: string;
        /** Hidden fields. */
        readonly fields: FormFields;
      }
    | undefined;
}

const discoverySchema = z.object({ issuer: z.string(), authorization_endpoint: z.url() });

/** The claims of a hint for a user, expired before it was issued as Entra does it (Entra's EAM provider reference). */
export function hintClaims(entra: EntraStandIn, user: EntraUser, now: number): Record<string, unknown> {
  return {
    iss: entra.issuer,
    aud: entra.clientId,
    exp: now - 1,
    iat: now,
    nbf: now,
    name: user.username,
    oid: user.objectId,
    preferred_username: user.username,
    sub: user.subject,
    tid: entra.tenantId,
    ver: "2.0",
  };
}

/** Signs the claims of a hint as the stand-in. */
export async function signHint(
  entra: EntraStandIn,
  claims: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { kid, privateKey } = await entra.key();
  return await new SignJWT({ ...claims })
    .setProtectedHeader({ typ: "JWT", alg: "RS256", kid })
    .sign(privateKey);
}

/** The parameters of a request, with the hint and the claims request in them (Entra's EAM provider reference). */
export async function eamParameters(entra: EntraStandIn, order: EamOrder): Promise<FormFields> {
  const { user, redirectUri, nonce, state, acrValues, amrValues, now } = order;
  const asked = { acr: { essential: true, values: acrValues }, amr: { essential: true, values: amrValues } };
  return {
    scope: "openid",
    response_type: "id_token",
    response_mode: "form_post",
    client_id: entra.clientId,
    redirect_uri: redirectUri,
    nonce,
    ...(state === undefined ? {} : { state }),
    id_token_hint: await signHint(entra, hintClaims(entra, user, now)),
    claims: JSON.stringify({ id_token: asked }),
    "client-request-id": crypto.randomUUID(),
  };
}

/**
 * Finds where a provider takes requests.
 *
 * @param discoveryUrl as a tenant's administrator configures it
 * @throws Error when the document is no discovery document, or is another issuer's
 * @see OIDC Discovery §4.3
 */
export async function discoverProvider(discoveryUrl: string): Promise<string> {
  const document: unknown = await (await fetch(discoveryUrl)).json();
  const { issuer, authorization_endpoint: endpoint } = discoverySchema.parse(document);
  if (`${issuer}/.well-known/openid-configuration` === discoveryUrl) return endpoint;
  throw new Error(`${discoveryUrl} is not of the issuer ${issuer}`);
}

/** Posts a form, as a user agent does that Entra sends on. */
export async function postFields(url: string, fields: FormFields): Promise<ProviderPage> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(fields) });
  const html = await response.text();
  const found = parse(html).querySelector("form");
  if (found === null) return { status: response.status, html, form: undefined };
  const hidden = found.querySelectorAll("input[type=hidden]");
  const form = {
    kind: found.getAttribute("data-mfa-harness"),
    action: new URL(found.getAttribute("action") ?? "", url).href,
    fields: Object.fromEntries(
      hidden.map((input) => [input.getAttribute("name") ?? "", input.getAttribute("value") ?? ""]),
    ),
  };
  return { status: response.status, html, form };
}

/**
 * Sends a person to a provider and answers its sign-in page.
 *
 * @param entered what the person enters there, e.g. the choice of an emission
 * @returns the page that posts back to Entra, or the one on which the provider stopped
 */
export async function signInAtProvider(
  endpoint: string,
  parameters: FormFields,
  entered: FormFields,
): Promise<ProviderPage> {
  const page = await postFields(endpoint, parameters);
  if (page.form?.kind !== "sign-in") return page;
  return await postFields(page.form.action, { ...page.form.fields, ...entered });
}
