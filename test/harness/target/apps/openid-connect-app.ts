import express, { type ErrorRequestHandler } from "express";
import connect from "express-openid-connect";

const { auth, requiresAuth } = connect;
const port = Number(process.env["PORT"]);
const issuerBaseURL = process.env["MFA_HARNESS_OIDC_ISSUER"] ?? "";

const refuse: ErrorRequestHandler = (_error, _request, response, _next) => {
  response.status(400).send("<h1>Portal</h1><p>The sign-in failed.</p>");
};

/** A partner's portal as a program of its own: express-openid-connect, which demands `mfa` in `amr`. */
const app = express();
const secret = "a-long-enough-secret-for-a-test-session";
app.get("/health", (_request, response) => void response.send("up"));
app.use(
  auth({
    issuerBaseURL,
    baseURL: `http://127.0.0.1:${port}`,
    clientID: "portal",
    secret,
    authRequired: false,
  }),
);
app.get("/portal", requiresAuth(), (request, response) => {
  const amr: unknown = request.oidc.idTokenClaims?.["amr"];
  const granted = Array.isArray(amr) && amr.includes("mfa");
  const words = granted ? "Your customers: Contoso, Fabrikam" : "Your sign-in was not strong enough.";
  response
    .status(granted ? 200 : 403)
    .send(
      `<h1>Portal</h1><p>Signed in as <b id="who">${request.oidc.user?.["email"]}</b></p><p>${words}</p>`,
    );
});
app.use(refuse);
app.listen(port, "127.0.0.1");
