// Points that pay: beside the field stands what the typed points take off, before they are taken.
import { Preview } from "./preview";

export function showWorth(form: HTMLFormElement): void {
  const preview = new Preview(form);
  const ask = (): void => {
    const points = form.querySelector<HTMLInputElement>("input[name=points]");
    if (points?.value) preview.ask(() => asked(form));
    else preview.reset();
  };
  form.addEventListener("input", ask);
  ask();
}

function asked(form: HTMLFormElement): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "idempotency_key") body.append(name, value);
  return body;
}
