import { escapeHtml } from "./html.ts";
import { renderLayout } from "./layout.ts";

/** A page that only says something; every text is escaped. */
export function renderMessage(title: string, facts: Readonly<Record<string, string>>): string {
  const rows = Object.entries(facts).map(
    ([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`,
  );
  return renderLayout(title, `<dl>${rows.join("")}</dl>`);
}
