// The peer of goal 8: oidc-provider with one client, its own memory, and a sign-in that asks nobody.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const server = createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(origin, {
  clients: [{ client_id: "bench", client_secret: "bench", redirect_uris: ["http://127.0.0.1:9/cb"] }],
  cookies: { keys: ["bench"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  pkce: { required: () => false },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      accountId: ctx.oidc.session.accountId,
      clientId: ctx.oidc.client.clientId,
    });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});
const answer = provider.callback();
server.on("request", (request, response) => {
  if (!request.url.startsWith("/interaction/")) return void answer(request, response);
  void provider.interactionFinished(request, response, { login: { accountId: "a.gent" } });
});
process.stdout.write(`listening ${server.address().port}\n`);
