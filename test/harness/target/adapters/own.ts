/** An adapter of a partner's own. */
export function ownAdapter(artifact: string, asked: { readonly issuer: string }) {
  if (artifact.endsWith("throws")) throw new Error("it fell over");
  if (artifact.endsWith("nonsense")) return { verdict: "yes" };
  return { decision: "challenge", reason: `asked by ${asked.issuer}` };
}
