using System.Text.Json;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Life;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class CourseNameTests : SimulatorTest
{
    [Fact]
    public async Task RenamedCourse_HasTheNewNameInCatalogueAndFeedAndNothingElseMoves()
    {
        var course = Population.Assignments[0].Course;
        var before = (await Feed()).Items.Select(Rest).ToList();
        var holders = Population.Assignments.Count(one => one.Course == course);
        var seq = Simulator.Ledger.LastSeq;

        Simulator.RenameCourse(new RenameOrder { CourseSerial = course.Serial, Name = "[ONLINE] Nama Baru" });

        (await Data(CataloguePath()))
            .Items.Single(item => Text(item, "serial") == course.Serial)
            .GetProperty("name")
            .GetString()
            .ShouldBe("[ONLINE] Nama Baru");
        var rows = (await Feed()).Items;
        rows.Count(row => Text(row, "courseName") == "[ONLINE] Nama Baru").ShouldBe(holders);
        rows.ShouldAllBe(row => Text(row, "courseName") != course.Name);
        rows.Select(Rest).ShouldBe(before);
        (await Data(RosterPath(course.Serial))).Items.Count.ShouldBe(holders);
        Simulator.Ledger.LastSeq.ShouldBe(seq);
    }

    [Fact]
    public async Task WhatMovesAfterARename_HasTheNewName()
    {
        var course = Simulator.RenameCourse();

        var moved = Simulator.Transition(new TransitionOrder { CourseSerial = course.Serial });
        var assigned = Simulator.Assign(new AssignmentOrder { CourseSerial = course.Serial });

        course.Name.ShouldEndWith(" (Revisi)");
        (moved.CourseName, assigned.CourseName).ShouldBe((course.Name, course.Name));
        (await Feed(moved.At, moved.At)).Items.ShouldAllBe(row => Text(row, "courseName") == course.Name);
    }

    [Fact]
    public async Task RenameOverHttp_IsAnsweredAndRefusedWhenItChangesNothing()
    {
        var serial = Population.Courses[2].Serial;
        var order = $$"""{"courseSerial":"{{serial}}","name":"[ONLINE] B"}""";

        (await Post("/simulator/renames", order)).Body.ShouldBe(
            $$"""{"courseSerial":"{{serial}}","name":"[ONLINE] B"}"""
        );
        (await Post("/simulator/renames", order)).Status.ShouldBe(409);
        (await Post("/simulator/renames", """{"courseSerial":"COURSE-NONE0000"}""")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task SameNamedCourses_HaveSerialsAndHoldersOfTheirOwn()
    {
        await StartAnew(Small with { SameNamedCourses = 2, AssignmentsPerEmployee = 6 });

        var courses = (await Data(CataloguePath())).Items;
        var shared = courses.GroupBy(item => Text(item, "name")).Where(named => named.Count() == 2).ToList();

        courses.Count.ShouldBe(10);
        shared.Count.ShouldBe(2);
        foreach (var course in shared.SelectMany(named => named))
            (await Data(RosterPath(Text(course, "serial")))).Items.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task SameNamedCoursesOfOneEmployee_AreToldApartByTheirAssignments(int seed)
    {
        await StartAnew(Small with { Seed = seed, SameNamedCourses = 6, AssignmentsPerEmployee = 6 });

        var rows = (await Feed()).Items;

        rows.Select(row => (Text(row, "assignedCourseSerial"), Text(row, "employeeID"), Text(row, "courseName")))
            .ShouldBeUnique();
        rows.GroupBy(row => (Text(row, "employeeID"), Text(row, "courseName"))).ShouldContain(held => held.Count() > 1);
    }

    private static string Rest(JsonElement row) =>
        string.Join('|', "assignedCourseSerial employeeID updatedAt status".Split(' ').Select(name => Text(row, name)));

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
