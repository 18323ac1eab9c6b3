/* Small conveniences on desk pages. Everything works without this file. Words come from the page. */
(function () {
  'use strict'

  document.documentElement.classList.add('js')

  function each(root, selector, act) {
    Array.prototype.forEach.call(root.querySelectorAll(selector), act)
  }

  function sayCount(form) {
    each(form, '[data-count]', function (place) {
      var chosen = 0
      each(form, 'input[name="' + place.dataset.count + '"]:checked', function (box) {
        chosen += Number(box.dataset.weight || 1)
      })
      place.textContent = String(chosen)
    })
  }

  function sayAll(form) {
    each(form, '[data-all]', function (all) {
      var boxes = form.querySelectorAll('input[name="' + all.dataset.all + '"]:not(:disabled)')
      var ticked = form.querySelectorAll('input[name="' + all.dataset.all + '"]:checked').length
      all.checked = ticked > 0 && ticked === boxes.length
      all.indeterminate = ticked > 0 && !all.checked
    })
  }

  document.addEventListener('change', function (event) {
    var box = event.target
    var form = box.form
    if (!form) return
    var go = box.dataset.go && document.getElementById(box.dataset.go)
    if (go) return go.click()
    if (box.hasAttribute('data-go')) return form.submit()
    if (box.hasAttribute('data-all')) {
      each(form, 'input[name="' + box.dataset.all + '"]:not(:disabled)', function (one) { one.checked = box.checked })
    }
    if (box.dataset.group && box.checked) {
      each(form, 'input[data-group]', function (one) {
        if (one.dataset.group !== box.dataset.group) one.checked = false
      })
    }
    sayAll(form)
    sayCount(form)
  })

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-copy]')
    if (!button) return
    var source = document.querySelector(button.dataset.copy)
    source.select()
    var done = function () { button.lastElementChild.textContent = button.dataset.said }
    if (navigator.clipboard) navigator.clipboard.writeText(source.value).then(done)
    else if (document.execCommand('copy')) done()
  })

  document.addEventListener('click', function (event) {
    if (event.target.closest('[data-print]')) window.print()
  })

  document.addEventListener('submit', function (event) {
    var form = event.target
    if (form.method !== 'post') return
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = 'yes'
  })

  window.addEventListener('pageshow', function () {
    each(document, 'form[data-sent]', function (form) { delete form.dataset.sent })
  })

  var unfolded = []

  window.addEventListener('beforeprint', function () {
    each(document, 'main details:not([open])', function (fold) {
      fold.open = true
      unfolded.push(fold)
    })
  })

  window.addEventListener('afterprint', function () {
    unfolded.splice(0).forEach(function (fold) { fold.open = false })
  })

  each(document, '[data-plain]', function (button) { button.hidden = true })

  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') return
    each(document, 'details.menu[open]', function (menu) { menu.open = false })
  })
})()
