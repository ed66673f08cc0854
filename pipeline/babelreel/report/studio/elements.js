// Makes elements. A text always becomes a text node: nothing that stands in a file is ever read as markup.

/** Give the element of the page with an id. */
export const byId = (id) => document.getElementById(id);

/** Make an element with properties, attributes (names with a dash, `role`, `lang`, `dir`) and children. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key.includes("-") || key === "role") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Set a text only where it is another one: a screen reader says what is set. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
