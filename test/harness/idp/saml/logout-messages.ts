import type { AgentPage } from "./agent.ts";

/** What every status code begins with. */
export const STATUS = "urn:oasis:names:tc:SAML:2.0:status:";

/** Who is signed in when nobody else is named. */
export const LOGOUT_USER = "agent@partner.example";

/** A LogoutRequest of a service provider without keys. */
export function logoutRequest(issuer: string, nameId = LOGOUT_USER, attributes = ""): string {
  return (
    `<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"` +
    ` ID="_out" Version="2.0" IssueInstant="2026-01-01T00:00:00Z" ${attributes}><Issuer>${issuer}</Issuer>` +
    `<NameID>${nameId}</NameID></p:LogoutRequest>`
  );
}

/** An answer of a service provider without keys. */
export function logoutResponse(issuer: string, inResponseTo: string, status = "Success"): string {
  return (
    `<p:LogoutResponse xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"` +
    ` ID="_done" Version="2.0" IssueInstant="2026-01-01T00:00:00Z" InResponseTo="${inResponseTo}"><Issuer>${issuer}` +
    `</Issuer><p:Status><p:StatusCode Value="${STATUS}${status}"/></p:Status></p:LogoutResponse>`
  );
}

/** A message on a page that posts it. */
export function decoded({ form }: AgentPage, field: "SAMLRequest" | "SAMLResponse"): string {
  return Buffer.from(form?.fields[field] ?? "", "base64").toString();
}

/** Status codes of a response, outermost first, without what they have in common. */
export function statusesOf(xml: string): readonly (string | undefined)[] {
  return [...xml.matchAll(/StatusCode Value="([^"]+)"/g)].map(([, value]) => value?.replace(STATUS, ""));
}
