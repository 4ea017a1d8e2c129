import express, { type ErrorRequestHandler } from "express";
import connect from "express-openid-connect";

const { auth, requiresAuth } = connect;
const { PORT = "", MFA_HARNESS_OIDC_ISSUER = "", FALLS_AT = "nobody", FALLS_BY = "SIGKILL" } = process.env;

if (process.env["HEEDS"] === "nobody") process.on("SIGTERM", () => undefined);

const refuse: ErrorRequestHandler = (_error, _request, response, _next) => {
  response.status(400).send("<h1>Portal</h1><p>The sign-in failed.</p>");
};

/** A partner's portal as a program of its own that demands `mfa` in `amr`, and that some users bring down. */
const app = express();
app.use(
  auth({
    issuerBaseURL: MFA_HARNESS_OIDC_ISSUER,
    baseURL: `http://127.0.0.1:${PORT}`,
    clientID: "portal",
    secret: "a-long-enough-secret-for-a-test-session",
    authRequired: false,
  }),
);
app.get("/health", (_request, response) => void response.send("up"));
app.get("/portal", requiresAuth(), (request, response) => {
  const email = `${request.oidc.user?.["email"]}`;
  const amr: unknown = request.oidc.idTokenClaims?.["amr"];
  if (new RegExp(FALLS_AT).test(email)) {
    process.stderr.write(`out of memory at ${email}\n`);
    process.kill(process.pid, FALLS_BY);
    return;
  }
  const granted = Array.isArray(amr) && amr.includes("mfa");
  const words = granted ? "Your customers: Contoso, Fabrikam" : "Your sign-in was not strong enough.";
  response
    .status(granted ? 200 : 403)
    .send(`<h1>Portal</h1><p>Signed in as <b id="who">${email}</b></p><p>${words}</p>`);
});
app.use(refuse);
app.listen(Number(PORT), "127.0.0.1");
