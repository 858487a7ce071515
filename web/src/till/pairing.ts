// A terminal's token after `#` in an address: read, erased from the address, and sent.
// A device that is paired already is paired anew: who opens the till of another shop means that shop.

const TOKEN = "#trei_trm_";

/** Whether an address carries a token. */
export function carriesToken(hash: string): boolean {
  return hash.startsWith(TOKEN);
}

/** Sends the token of the address, if there is one. */
export function pair(): void {
  const token = location.hash.slice(1);
  if (!carriesToken(location.hash)) return;
  history.replaceState(null, "", location.pathname + location.search);
  const form = document.querySelector<HTMLFormElement>("form[data-pair]") ?? ownForm();
  const field = form.querySelector<HTMLInputElement>("input[name=token]");
  if (!field) return;
  field.value = token;
  form.requestSubmit();
}

/** The pairing form where the page shows none. */
function ownForm(): HTMLFormElement {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/till/session";
  form.hidden = true;
  const field = document.createElement("input");
  field.name = "token";
  form.append(field);
  document.body.append(form);
  return form;
}
