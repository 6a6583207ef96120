using RuangKerja.Events.Service.Commands.Errors;

namespace RuangKerja.Events.Tests.Service;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("\u001b[2Jgone", "\ufffd[2Jgone")]
    [InlineData("one\r\ntwo", "one\ufffd\ntwo")]
    [InlineData("left \u202e right", "left \ufffd right")]
    [InlineData("Selesai ✓ 🎓 研修", "Selesai ✓ 🎓 研修")]
    public void WhatMovesTheTerminal_IsReplaced(string text, string expected) => Printable.Of(text).ShouldBe(expected);
}
