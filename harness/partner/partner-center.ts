import express, { type Request, type Response } from "express";
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from "jose";
import { CLOCK_SKEW_SECONDS } from "./access.ts";
import { listenOnLoopback, type PartnerServer } from "./listen.ts";
import { assertStrictToken } from "./strict-token.ts";

/** The audience of access tokens for Partner Center's API. */
export const PARTNER_CENTER_API = "https://api.partnercenter.microsoft.com";

export interface StartPartnerCenterOptions {
  /** The issuer whose access tokens are trusted. */
  readonly issuer: string;
  /** Where its keys are. */
  readonly jwksUri: string;
  /** Default 0: any free port. */
  readonly port?: number;
}

const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** Codes of Partner Center's error list: the token is not valid for this API; it shows no MFA. */
const INVALID_TOKEN = "900420";
const MFA_REQUIRED = "900421";

const CUSTOMERS = [
  { id: "0c39d6d5-0000-4000-8000-000000000001", companyName: "Alpine Ski House", domain: "alpine.example" },
  {
    id: "0c39d6d5-0000-4000-8000-000000000002",
    companyName: "Harbour Freight Desk",
    domain: "harbour.example",
  },
  { id: "0c39d6d5-0000-4000-8000-000000000003", companyName: "Olive Grove Dental", domain: "olive.example" },
];

/**
 * Starts a stand-in for Partner Center's API: `GET /v1/customers` for a bearer token whose `amr` holds `mfa`.
 *
 * An app-only token (`roles`, neither `scp` nor `upn`) is served without `amr`: the MFA requirement leaves app-only
 * callers alone (PSR-087). With the request header `ValidateMfa: true` every answer to a valid token says in
 * `isMfaCompliant` whether it shows MFA; the refusal itself stays.
 */
export function startPartnerCenter(options: StartPartnerCenterOptions): Promise<PartnerServer> {
  const app = express().disable("x-powered-by");
  app.get("/v1/customers", listCustomers(options));
  app.use((_request, response) => void response.status(404).json(problem("404", "no such resource")));
  return listenOnLoopback(app, options.port ?? 0);
}

type Handler = (request: Request, response: Response) => Promise<void>;

function listCustomers({ issuer, jwksUri }: StartPartnerCenterOptions): Handler {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  return async (request, response) => {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (bearer === undefined) return refuse(response, INVALID_TOKEN, "no access token was sent");
    try {
      assertStrictToken(bearer, ["jwt", "at+jwt"]);
      const { payload } = await jwtVerify(bearer, keys, {
        issuer,
        audience: PARTNER_CENTER_API,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_SKEW_SECONDS,
        requiredClaims: ["exp"],
      });
      if ("at_hash" in payload) throw new Error("it is an ID token");
      answer(request, response, payload);
    } catch (error) {
      // A key that is too short is a TypeError of the library, not one of its own errors.
      if (!(error instanceof Error)) throw error;
      refuse(response, INVALID_TOKEN, `the access token is not valid: ${error.message}`);
    }
  };
}

function answer(request: Request, response: Response, claims: JWTPayload): void {
  const compliant = showsMfa(claims);
  if (request.headers["validatemfa"]?.toString().toLowerCase() === "true") {
    response.setHeader("isMfaCompliant", String(compliant));
  }
  if (compliant || isAppOnly(claims)) {
    response.json({ totalCount: CUSTOMERS.length, items: CUSTOMERS });
    return;
  }
  response.statusMessage = "Unauthorized - MFA required";
  refuse(response, MFA_REQUIRED, "MFA required: amr of the access token does not contain mfa");
}

function showsMfa({ amr }: JWTPayload): boolean {
  return Array.isArray(amr) && amr.every((value) => typeof value === "string") && amr.includes("mfa");
}

function isAppOnly({ scp, upn, roles }: JWTPayload): boolean {
  return scp === undefined && upn === undefined && Array.isArray(roles) && roles.length > 0;
}

function refuse(response: Response, code: string, description: string): void {
  response
    .status(401)
    .set("WWW-Authenticate", 'Bearer error="invalid_token"')
    .json(problem(code, description));
}

/** The shape of all of Partner Center's errors. */
function problem(code: string, description: string): Readonly<Record<string, unknown>> {
  return { code, description, data: [], source: "MockPartnerCenter" };
}
