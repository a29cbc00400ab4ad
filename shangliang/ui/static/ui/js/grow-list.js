// <grow-list>: a numbered list of inputs that grows by Enter, by the button, or by pasting several lines.
// Rows share one name, or carry a formset's index (asks-0-text); both are counted on.

const LEADING = /^\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*)/;

class GrowList extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("paste", (event) => this.paste(event));
    this.querySelector("[data-add]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.add()?.focus();
    });
  }

  get rows() {
    return [...this.list.children];
  }

  input(row) {
    return row.querySelector("textarea, input:not([type=hidden])");
  }

  /** One more row at the end; gives its input, or nothing when the list is full. */
  add() {
    const most = Number(this.getAttribute("max") ?? 50);
    if (this.rows.length >= most) return null;
    const index = this.rows.length;
    const row = this.rows[index - 1].cloneNode(true);
    row.classList.remove("wrong");
    row.querySelectorAll(".why").forEach((each) => each.remove());
    for (const each of row.querySelectorAll("input, textarea, label, select")) this.renumber(each, index);
    for (const each of row.querySelectorAll("input, textarea")) this.empty(each);
    row.querySelector("[data-number]").textContent = index + 1;
    this.list.append(row);
    const total = this.closest("form")?.querySelector("[name$='-TOTAL_FORMS']");
    if (total && /-\d+-/.test(this.input(row).name)) total.value = this.rows.length;
    return this.input(row);
  }

  empty(field) {
    if (field.type === "checkbox") field.checked = false;
    else field.value = "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }

  renumber(each, index) {
    const counted = (text) =>
      /-\d+-/.test(text) ? text.replace(/-\d+-/, `-${index}-`) : `${text.replace(/_\d+$/, "")}_${index}`;
    if (each.name && /-\d+-/.test(each.name)) each.name = counted(each.name);
    if (each.id) each.id = counted(each.id);
    if (each.htmlFor) each.htmlFor = counted(each.htmlFor);
  }

  key(event) {
    // Enter also ends a pinyin word; that Enter belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    const row = event.target.closest("li");
    if (!row || event.target !== this.input(row)) return;
    event.preventDefault();
    const next = row.nextElementSibling;
    (next ? this.input(next) : this.add())?.focus();
  }

  paste(event) {
    const row = event.target.closest("li");
    const lines = (event.clipboardData?.getData("text") ?? "").split(/\r?\n/).filter((each) => each.trim());
    if (!row || lines.length < 2) return;
    event.preventDefault();
    let field = this.input(row);
    for (const line of lines) {
      if (field?.value) field = this.firstEmpty();
      if (!field) break;
      field.value = line.replace(LEADING, "").trim();
    }
    field?.focus();
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }

  firstEmpty() {
    return this.rows.map((row) => this.input(row)).find((each) => !each.value) ?? this.add();
  }
}

customElements.define("grow-list", GrowList);
