interface NamedControl {
  name: string;
  control: HTMLElement;
}

const isField = (
  element: Element,
): element is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLButtonElement =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement ||
  element instanceof HTMLButtonElement;

/**
 * The form's fields by name, each with the element that takes the focus. A Radix select or checkbox has a hidden native
 * twin that carries the name; what a person sees is the trigger, which the field marks with `data-field`.
 */
export function controlsOf(form: HTMLFormElement): NamedControl[] {
  return [...form.elements].flatMap((element) => {
    if (!isField(element) || element.name === "" || element.type === "hidden") return [];
    const visible = form.querySelector<HTMLElement>(`[data-field="${CSS.escape(element.name)}"]`);
    return [{ name: element.name, control: visible ?? element }];
  });
}

/** The fields that the browser's own checks refuse, in order, with its words for why. */
export function invalidControls(form: HTMLFormElement): (NamedControl & { message: string })[] {
  return controlsOf(form).flatMap(({ name, control }) => {
    const element = form.elements.namedItem(name);
    if (!(element instanceof Element) || !isField(element) || element.validity.valid) return [];
    return [{ name, control, message: element.validity.valueMissing ? "This is needed." : element.validationMessage }];
  });
}
