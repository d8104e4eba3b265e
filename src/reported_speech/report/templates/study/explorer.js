"use strict";
const rows = [...document.querySelectorAll("tbody tr")], box = document.querySelector(".filters"), fields = [...box.querySelectorAll("[data-f]")];
const of = (row, key) => key == "t" ? row.dataset.t.split(/[;؛] /).filter(Boolean) : [row.dataset[key]];
for (const field of fields.filter(f => f.tagName == "SELECT"))
  for (const value of [...new Set(rows.flatMap(row => of(row, field.dataset.f)))].sort((a, b) => a.localeCompare(b, document.documentElement.lang))) field.add(new Option(value, value));
const plain = text => text.toLowerCase().replace(/\u200c/g, "").replace(/ي/g, "ی").replace(/ك/g, "ک");
const words = rows.map(row => plain(row.textContent));
const show = () => {
  let n = 0;
  rows.forEach((row, i) => {
    row.hidden = !fields.every(f => !f.value || (f.dataset.f == "w" ? words[i].includes(plain(f.value)) : of(row, f.dataset.f).includes(f.value)));
    n += !row.hidden;
  });
  document.getElementById("n").textContent = n.toLocaleString(document.documentElement.lang);
};
fields.forEach(f => f.addEventListener("input", show));
box.hidden = false;
show();
