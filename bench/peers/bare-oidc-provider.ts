// The peer of goal 6 and 7: oidc-provider with one client and nothing else.
import { Provider } from "oidc-provider";

const provider = new Provider("http://127.0.0.1", {
  clients: [{ client_id: "bench", client_secret: "bench", redirect_uris: ["http://127.0.0.1/cb"] }],
});
const server = provider.listen(0, "127.0.0.1", () => {
  process.stdout.write(`listening ${server.address().port}\n`);
});
