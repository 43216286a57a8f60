package web

import (
	"net/http"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/refusal"
	"datacharter/domain/use"
	"datacharter/useguide"
	"datacharter/web/form"
)

// keeping is what somebody is about to do about a platform of his operator: to register one, or to end its key.
type keeping struct {
	*act
	id       string // of the authorisation
	title    string // of the authorisation
	platform *use.Platform
}

// url is where the form is, and where it is sent.
func (k *keeping) url() string {
	if k.platform != nil {
		return revokePlatformURL(*k.platform)
	}
	return registerPlatformURL(k.id)
}

// back is the use ledger of the authorisation.
func (k *keeping) back() string { return "/authorizations/" + k.id + "?tab=use" }

func (k *keeping) heading() string {
	if k.platform != nil {
		return k.T("停用平台：", "Revoke the key of ") + k.platform.Name
	}
	return k.T("登记平台", "Register a platform")
}

// keepingOf finds what a request is about. Nil when it answered already.
func (s *server) keepingOf(v *visit, revokes bool) *keeping {
	k := &keeping{id: v.Param("id"), act: &act{visit: v, input: inputOf[use.PlatformInput](), shapes: form.Shapes{"key": {Kind: form.Area}}}}
	if revokes {
		p, err := s.Store.GetUsePlatform(v.ctx, v.actor, v.Param("id"))
		if err != nil {
			v.fail(err)
			return nil
		}
		k.id, k.platform, k.input, k.shapes = p.Authorization, &p, inputOf[use.RevokeInput](), form.Shapes{}
	}
	found, err := s.Store.GetCaseSummary(v.ctx, v.actor, authorization.Kind, k.id)
	if err != nil {
		v.fail(err)
		return nil
	}
	if k.title = found.Title; len(v.actor.Capacities(use.Keepers(found.Applicant))) == 0 {
		v.refuse(refusal.NotEntitled.With())
		return nil
	}
	return k
}

func (k *keeping) render(status int) { k.show(status, k.heading(), keepPlatformPage(k)) }

func (s *server) askPlatform(revokes bool) func(*visit) {
	return func(v *visit) {
		k := s.keepingOf(v, revokes)
		if k == nil {
			return
		}
		if err := s.fillIn(k.act, nil); err != nil {
			v.fail(err)
			return
		}
		k.render(http.StatusOK)
	}
}

func (s *server) takePlatform(revokes bool) func(*visit) {
	return func(v *visit) {
		k := s.keepingOf(v, revokes)
		if k == nil {
			return
		}
		sent, faults, err := s.sent(k.act)
		if err == nil {
			err = s.fillIn(k.act, sent)
		}
		if err != nil {
			v.fail(err)
			return
		}
		in, unread := form.Read(k.input, k.filled, k.shapes)
		if faults = append(faults, unread...); len(faults) > 0 || onlyShown(sent) {
			k.form.Blame(faults)
			k.render(statusFor(faults))
			return
		}
		o := casework.PlatformOrder{Authorization: k.id, Key: sent.Get(formKey)}
		do, told := s.RegisterPlatform, k.T("平台已登记，可以开始报送。", "The platform is registered and may report.")
		switch in := in.(type) {
		case *use.PlatformInput:
			o.Register = in
		case *use.RevokeInput:
			o.Platform, o.Revoke = k.platform.ID, in
			do, told = s.RevokePlatform, k.T("公钥已停用，该平台的报送不再被接受。", "The key is revoked; the platform's reports are no longer taken.")
		}
		_, refused, err := do(v.ctx, v.actor, o)
		switch {
		case err != nil:
			v.fail(err)
		case refused != nil:
			k.form.Blame(refused.Fields)
			k.whole = refused.Detail(v.page.Language)
			k.render(casework.Status(refused.Code, refused.Class()))
		default:
			v.goOn(k.back(), told)
		}
	}
}

// showUseGuide tells whoever programs a platform how it reports.
func (s *server) showUseGuide(v *visit) {
	v.show(http.StatusOK, v.T("平台怎样报送使用台账", "How a platform reports use"), useGuidePage(v, useguide.Keys, useguide.Report))
}
