import express, { type Request, type Response } from "express";
import {
  createRemoteJWKSet,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from "jose";
import { CLOCK_SKEW_SECONDS } from "./access.ts";
import { listenOnLoopback, type PartnerServer } from "./listen.ts";
import { assertStrictToken } from "./relying-party/strict-token.ts";

/** The audience of access tokens for Partner Center's API. */
export const PARTNER_CENTER_API = "https://api.partnercenter.microsoft.com";

/** Whom the stand-in believes, and how it checks. */
export interface StartPartnerCenterOptions {
  /** The issuer whose access tokens are trusted. */
  readonly issuer: string;
  /** Where its keys are. */
  readonly jwksUri: string;
  /** What it decides in another way than it should. */
  readonly checks?: Partial<PartnerCenterChecks>;
  /** Default 0: any free port. */
  readonly port?: number;
}

/** Whose access tokens are trusted, and by which keys they verify. */
export interface AccessTokenTrust {
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
}

/** What Partner Center decides by itself; each part can be replaced by a worse one, to see whether a test tells. */
export interface PartnerCenterChecks {
  /** @throws Error with the reason when the token is not to be believed */
  readonly readAccessToken: (token: string, trust: AccessTokenTrust) => Promise<JWTPayload>;
  readonly showsMfa: (claims: JWTPayload) => boolean;
  /** Whether MFA is asked of nobody, as the caller is no person. */
  readonly isAppOnly: (claims: JWTPayload) => boolean;
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
 * An app-only token (`idtyp` says so, or the application is its own subject) is served without `amr`: the MFA
 * requirement leaves app-only callers alone (PSR-087). With the request header `ValidateMfa: true` every answer to a valid token says in
 * `isMfaCompliant` whether it shows MFA; the refusal itself stays.
 */
export function startPartnerCenter(options: StartPartnerCenterOptions): Promise<PartnerServer> {
  const app = express().disable("x-powered-by");
  app.get("/v1/customers", listCustomers(options));
  app.use((_request, response) => void response.status(404).json(problem("404", "no such resource")));
  return listenOnLoopback(app, options.port ?? 0);
}

type Handler = (request: Request, response: Response) => Promise<void>;

/** What an access token has to hold, whoever reads it. */
export function accessTokenOptions(issuer: string): JWTVerifyOptions {
  return {
    issuer,
    audience: PARTNER_CENTER_API,
    algorithms: ALGORITHMS,
    clockTolerance: CLOCK_SKEW_SECONDS,
    requiredClaims: ["exp"],
  };
}

async function readAccessToken(token: string, { issuer, keys }: AccessTokenTrust): Promise<JWTPayload> {
  assertStrictToken(token, ["jwt", "at+jwt"]);
  const { payload } = await jwtVerify(token, keys, accessTokenOptions(issuer));
  if ("at_hash" in payload) throw new Error("it is an ID token");
  return payload;
}

function listCustomers(options: StartPartnerCenterOptions): Handler {
  const { issuer, jwksUri } = options;
  const keys = createRemoteJWKSet(new URL(jwksUri));
  const checks = { ...PARTNER_CENTER_CHECKS, ...options.checks };
  return async (request, response) => {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (bearer === undefined) return refuse(response, INVALID_TOKEN, "no access token was sent");
    try {
      const claims = await checks.readAccessToken(bearer, { issuer, keys });
      answer(request, response, claims, checks);
    } catch (error) {
      // A key that is too short is a TypeError of the library, not one of its own errors.
      if (!(error instanceof Error)) throw error;
      refuse(response, INVALID_TOKEN, `the access token is not valid: ${error.message}`);
    }
  };
}

function answer(request: Request, response: Response, claims: JWTPayload, checks: PartnerCenterChecks): void {
  const compliant = checks.showsMfa(claims);
  if (request.headers["validatemfa"]?.toString().toLowerCase() === "true") {
    response.setHeader("isMfaCompliant", String(compliant));
  }
  if (compliant || checks.isAppOnly(claims)) {
    response.json({ totalCount: CUSTOMERS.length, items: CUSTOMERS });
    return;
  }
  response.statusMessage = "Unauthorized - MFA required";
  refuse(response, MFA_REQUIRED, "MFA required: amr of the access token does not contain mfa");
}

function showsMfa({ amr }: JWTPayload): boolean {
  return Array.isArray(amr) && amr.every((value) => typeof value === "string") && amr.includes("mfa");
}

/** As Entra's pages tell an API to: a person's token may have roles, too. */
function isAppOnly({ scp, upn, nonce, idtyp, oid, sub }: JWTPayload): boolean {
  if (scp !== undefined || upn !== undefined || nonce !== undefined) return false;
  return idtyp === undefined ? typeof oid === "string" && oid === sub : idtyp === "app";
}

/** As the specifications want it. */
const PARTNER_CENTER_CHECKS: PartnerCenterChecks = { readAccessToken, showsMfa, isAppOnly };

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
