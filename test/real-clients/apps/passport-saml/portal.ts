import { Strategy, ValidateInResponseTo, type VerifyWithoutRequest } from "@node-saml/passport-saml";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import session from "express-session";
import passport from "passport";

const MFA = "http://schemas.microsoft.com/claims/multipleauthn";

/** Where a portal is and which IdP it trusts. */
export interface PortalSettings {
  readonly origin: string;
  readonly signOnUrl: string;
  readonly idpEntityId: string;
  /** PEM. */
  readonly idpCertificate: string;
}

/** Nobody without a name is anybody's customer. */
const verify: VerifyWithoutRequest = (profile, done) => {
  const name = profile?.nameID?.trim() ?? "";
  if (name === "") done(new Error("the assertion names nobody"));
  else done(null, { name, classRef: classOf(profile?.getAssertion?.()) });
};

/** The library parses the assertion and leaves the class to whoever wants it. */
function classOf(assertion: unknown): unknown {
  const steps = ["Assertion", "AuthnStatement", 0, "AuthnContext", 0, "AuthnContextClassRef", 0, "_"];
  return steps.reduce<unknown>((value, step) => memberOf(value, step), assertion);
}

function memberOf(value: unknown, step: string | number): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
}

/** Both signatures are demanded by default; the answer has to name the request, the IdP and this portal. */
function strategy({ origin, signOnUrl, idpEntityId, idpCertificate }: PortalSettings): Strategy {
  const options = {
    entryPoint: signOnUrl,
    idpCert: idpCertificate,
    idpIssuer: idpEntityId,
    issuer: `${origin}/metadata`,
    callbackUrl: `${origin}/acs`,
    validateInResponseTo: ValidateInResponseTo.always,
    // By default it asks for a password, and gets what it asks for.
    disableRequestedAuthnContext: true,
  };
  return new Strategy(options, verify, verify);
}

const refuse: ErrorRequestHandler = (_error, _request, response, _next) => {
  response.status(400).send('<h1 id="page">refused</h1><p>The sign-in failed.</p>');
};

/** passport's types say `any`. */
function isRequestHandler(value: unknown): value is RequestHandler {
  return typeof value === "function";
}

function escaped(value: unknown): string {
  return String(value).replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A portal as the library's documentation builds it; MFA is read from the class. */
export function passportSamlPortal(settings: PortalSettings): Express {
  const authenticator = new passport.Passport();
  authenticator.use("saml", strategy(settings));
  authenticator.serializeUser((user, done) => done(null, user));
  authenticator.deserializeUser((user: Express.User, done) => done(null, user));
  const authenticate: RequestHandler = (request, response, next): void => {
    const signIn: unknown = authenticator.authenticate("saml");
    if (isRequestHandler(signIn)) void signIn(request, response, next);
  };
  const app = express();
  app.use(session({ secret: "test", resave: false, saveUninitialized: false, name: "passport-saml-portal" }));
  app.use(authenticator.session());
  app.get("/portal", (request, response, next) => {
    if (!request.isAuthenticated()) {
      authenticate(request, response, next);
      return;
    }
    const { name, classRef } = { name: "", classRef: "", ...request.user };
    const granted = classRef === MFA;
    const words = granted ? "Your customers: Contoso, Fabrikam." : "A second factor is missing.";
    const page = `<h1 id="page">${granted ? "portal" : "denied"}</h1>`;
    response.send(`${page}<p id="user">${escaped(name)}</p><p>${words}</p>`);
  });
  app.get("/me", (request, response) => {
    const { name } = { name: null, ...request.user };
    response.json({ user: name });
  });
  app.post("/acs", express.urlencoded({ extended: false }), authenticate, (_request, response) =>
    response.redirect("/portal"),
  );
  app.use(refuse);
  return app;
}
