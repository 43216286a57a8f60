// A file is sent as soon as it is chosen, with its progress beside it; the form that it belongs to then sends its digest alone.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches("input[type=file][data-upload]")) return;
  const group = input.closest("fieldset");
  const running = [...input.files].map((file) => sendFile(input, group, file));
  // What could not be sent goes with the form.
  Promise.all(running).then((answers) => {
    if (answers.every((answered) => answered)) input.value = "";
  });
});

function sendFile(input, group, file) {
  const { upload, organization, most, tooLarge, sending, sent, refused, failed } = input.dataset;
  const told = group.querySelector("[data-upload-told]");
  const row = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  row.append(name);
  group.querySelector("[data-uploads]").append(row);

  const refuse = (message) => {
    row.replaceChildren(name, message);
    told.textContent = `${refused} ${file.name}: ${message.textContent}`;
  };
  const message = (words) => {
    const p = document.createElement("p");
    p.className = "govuk-error-message";
    p.textContent = words;
    return p;
  };
  if (file.size > Number(most)) {
    refuse(message(tooLarge));
    return Promise.resolve(true);
  }

  const progress = document.createElement("progress");
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", `${sending} ${file.name}`);
  row.append(progress);
  told.textContent = `${sending} ${file.name}`;

  const data = new FormData();
  data.append("control", upload);
  data.append("organization", organization);
  data.append("file", file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (e) => {
      if (e.lengthComputable) progress.value = e.loaded / e.total;
    });
    request.addEventListener("loadend", () => {
      const answer = document.createElement("template");
      answer.innerHTML = request.responseText;
      const kept = answer.content.querySelector("[data-file]");
      const no = answer.content.querySelector("[data-file-refused]");
      if (kept) {
        keep(input, group, kept);
        row.remove();
        told.textContent = `${sent} ${file.name}`;
      } else {
        refuse(no ?? message(failed));
      }
      resolve(Boolean(kept || no));
    });
    request.open("POST", "/attachments");
    request.send(data);
  });
}

// keep puts the row of an uploaded file into the form, once; where only one file belongs, in place of the one before.
function keep(input, group, row) {
  const list = group.querySelector("[data-kept-files]");
  if (!input.multiple) list.replaceChildren();
  const same = [...list.querySelectorAll("input")].find((box) => box.value === row.dataset.file);
  if (same) same.checked = true;
  else list.append(row);
}
