// Passkeys: what a page asks of a device, and the device's answer in the page's own form. Without this script, without
// passkeys, or at another address than theirs, the form stays hidden and the password does.

interface Asked {
  ceremony: string;
  publicKey: PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON;
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
  if (!("PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential)) continue;
  if (form.dataset["origin"] !== location.origin) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button?.getAttribute("aria-busy")) return;
    button?.setAttribute("aria-busy", "true");
    tell(form, false);
    answer(form)
      .catch(() => tell(form, true))
      .finally(() => button?.removeAttribute("aria-busy"));
  });
}

/** Asks the server what to ask, asks the device, and sends what it says. */
async function answer(form: HTMLFormElement): Promise<void> {
  const asked = await fetch(form.dataset["passkey"] ?? "", { method: "POST", credentials: "same-origin" });
  if (!asked.ok) throw new Error(asked.statusText);
  const { ceremony, publicKey } = (await asked.json()) as Asked;
  const said =
    form.dataset["makes"] === undefined
      ? await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) })
      : await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  if (!(said instanceof PublicKeyCredential)) throw new Error("no passkey");
  fill(form, "ceremony", ceremony);
  fill(form, "answer", JSON.stringify(said.toJSON()));
  form.submit();
}

function fill(form: HTMLFormElement, name: string, value: string): void {
  const field = form.querySelector<HTMLInputElement>(`input[name=${name}]`);
  if (field) field.value = value;
}

/** Whether it failed: the device, the person, or the way to the server. */
function tell(form: HTMLFormElement, failed: boolean): void {
  const words = form.querySelector<HTMLElement>("[data-failed]");
  if (words) words.hidden = !failed;
}

export {};
