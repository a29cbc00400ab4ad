// The contents of a form as plain data, and back again.

const OURS = (name) => name.startsWith("_") || name === "csrfmiddlewaretoken";

/** {name: value} or {name: [values]}; files, passwords and our own hidden marks stay out. */
export function collect(form) {
  const data = {};
  for (const [name, value] of new FormData(form)) {
    if (OURS(name) || typeof value !== "string") continue;
    if (form.querySelector(`[type=password][name="${CSS.escape(name)}"]`)) continue;
    if (!(name in data)) data[name] = value;
    else data[name] = [].concat(data[name], value);
  }
  return data;
}

const named = (form, name) =>
  [...form.elements].filter((each) => each.name === name && each.type !== "file");

/** Lists that grow get the rows they need before anything is written into them. */
function makeRoom(form, data) {
  const missing = () =>
    Object.entries(data).some(([name, value]) => {
      const fields = named(form, name);
      if (!fields.length) return form.querySelector(`grow-list [name^="${name.split("-")[0]}-"]`);
      return fields[0].closest("grow-list") && fields.length < [].concat(value).length;
    });
  for (let rows = 0; rows < 60 && missing(); rows += 1) {
    for (const list of form.querySelectorAll("grow-list")) list.add?.();
  }
}

export function fill(form, data) {
  makeRoom(form, data);
  for (const each of form.elements) {
    if (/checkbox|radio/.test(each.type) && !OURS(each.name)) each.checked = false;
  }
  for (const [name, value] of Object.entries(data)) {
    const values = [].concat(value);
    named(form, name).forEach((each, i) => {
      if (/checkbox|radio/.test(each.type)) each.checked = values.includes(each.value);
      else if (each.multiple) for (const o of each.options) o.selected = values.includes(o.value);
      else each.value = values[i] ?? "";
    });
  }
}
