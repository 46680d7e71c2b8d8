// An enrolment link has its code behind the #, which no server and no proxy ever sees.

const field = document.getElementById("enrolment");
if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
