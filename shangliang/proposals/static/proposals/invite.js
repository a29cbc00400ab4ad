/* <find-names label>: finding a member among hundreds by name.
   Without this module one opens the fold of her sector. */
class FindNames extends HTMLElement {
  connectedCallback() {
    const label = document.createElement("label");
    this.input = document.createElement("input");
    Object.assign(this.input, { type: "search", className: "input", autocomplete: "off" });
    label.className = "find-name";
    label.append(this.getAttribute("label"), this.input);
    this.prepend(label);
    this.input.addEventListener("input", (event) => {
      event.stopPropagation();
      this.narrow(this.input.value.trim());
    });
    // Enter looks for a name; it does not send the invitations.
    this.input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }

  narrow(wanted) {
    for (const fold of this.querySelectorAll("details")) {
      let some = false;
      for (const name of fold.querySelectorAll("label")) {
        const fits = name.textContent.includes(wanted);
        name.hidden = !fits;
        some ||= fits;
      }
      fold.hidden = !some;
      fold.open = wanted ? some : Boolean(fold.querySelector(":checked"));
    }
  }
}

customElements.define("find-names", FindNames);
